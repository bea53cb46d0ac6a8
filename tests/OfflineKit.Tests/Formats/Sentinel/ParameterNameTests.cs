using OfflineKit.Formats.Sentinel;

namespace OfflineKit.Tests.Formats.Sentinel;

public sealed class ParameterNameTests
{
    [Theory]
    [InlineData("/sentinel/policies/production", "/sentinel/signatures/production")]
    [InlineData("/sentinel/policies/team/dev", "/sentinel/signatures/team/dev")]
    [InlineData("/custom/path/policy", "/sentinel/signatures/custom/path/policy")]
    [InlineData("//twice", "/sentinel/signatures//twice")]
    [InlineData("sentinel/policies/test", "/sentinel/signatures/sentinel/policies/test")]
    [InlineData("/sentinel/policies/", "/sentinel/signatures/")]
    [InlineData("/Sentinel/policies/x", "/sentinel/signatures/Sentinel/policies/x")]
    public void Signature_parameter_follows_from_policy_parameter(string policy, string signature) =>
        Assert.Equal(signature, ParameterName.OfSignature(policy));

    [Theory]
    [InlineData("/sentinel/signatures/team/dev", "/sentinel/policies/team/dev")]
    [InlineData("/custom/path/policy", "/sentinel/policies/custom/path/policy")]
    [InlineData("sentinel/signatures/test", "/sentinel/policies/sentinel/signatures/test")]
    public void Policy_parameter_follows_from_signature_parameter(string signature, string policy) =>
        Assert.Equal(policy, ParameterName.OfPolicy(signature));

    [Fact]
    public void Profiles_stand_under_the_root()
    {
        Assert.Equal("/sentinel/policies/dev", ParameterName.OfProfile("dev"));
        Assert.Equal("/mine/dev", ParameterName.OfProfile("dev", "/mine"));
    }
}
