using OfflineKit.Formats.Sentinel;

namespace OfflineKit.Tests.Formats.Sentinel;

public sealed class LoadRuleTests
{
    private const string P = "/sentinel/policies/dev";

    private static Verdict Refused(Reason reason) => Verdict.Refused("sentinel", reason.Because("test"));

    [Theory]
    [InlineData(ParameterLookup.Found, ParameterLookup.NotFound, Enforcement.Enforce, false, P + ": policy not signed (signature enforcement enabled)")]
    [InlineData(ParameterLookup.Found, ParameterLookup.NotFound, Enforcement.Warn, true, "WARNING: policy " + P + " has no signature, loading without verification")]
    [InlineData(ParameterLookup.NotFound, ParameterLookup.NotFound, Enforcement.Warn, false, P + ": policy not found")]
    [InlineData(ParameterLookup.NotFound, ParameterLookup.Found, Enforcement.Enforce, false, P + ": policy not found")]
    [InlineData(ParameterLookup.Found, ParameterLookup.Failed, Enforcement.Warn, false, "failed to load signature for " + P)]
    [InlineData(ParameterLookup.Found, ParameterLookup.Found, Enforcement.Warn, false, "signature verification error for " + P)]
    public void Without_a_verdict_only_a_missing_signature_may_be_warned_about(
        ParameterLookup policy, ParameterLookup signature, Enforcement enforcement, bool isLoaded, string text) =>
        Assert.Equal(new LoadDecision(isLoaded, text), LoadRule.Decide(P, policy, signature, verdict: null, enforcement));

    [Theory]
    [InlineData(Enforcement.Enforce)]
    [InlineData(Enforcement.Warn)]
    public void A_bad_signature_is_refused_whatever_the_server_was_told(Enforcement enforcement)
    {
        LoadDecision invalid = LoadRule.Decide(P, ParameterLookup.Found, ParameterLookup.Found, Refused(Reasons.SignatureMismatch), enforcement);
        LoadDecision malformed = LoadRule.Decide(P, ParameterLookup.Found, ParameterLookup.Found, Refused(Reasons.MalformedSignature), enforcement);
        Assert.Equal(new LoadDecision(IsLoaded: false, $"{P}: policy signature verification failed"), invalid);
        Assert.Equal(new LoadDecision(IsLoaded: false, $"failed to parse signature for {P}"), malformed);
    }

    [Theory]
    [InlineData("alias/k", null, "alias/k", Enforcement.Enforce)]
    [InlineData("alias/k", "true", "alias/k", Enforcement.Enforce)]
    [InlineData("alias/k", "TRUE", "alias/k", Enforcement.Warn)]
    [InlineData("alias/k", "1", "alias/k", Enforcement.Warn)]
    [InlineData("", "false", null, Enforcement.Warn)]
    public void Only_exactly_true_or_nothing_enforces(string key, string? enforce, string? keyId, Enforcement enforcement)
    {
        LoaderSetting setting = LoaderSetting.Read(key, enforce);
        Assert.Equal((keyId, enforcement, false), (setting.KeyId, setting.Enforcement, setting.IsRefused));
        Assert.StartsWith("INFO: Policy signature verification ", setting.StartLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Enforcement_without_a_key_is_refused() => Assert.True(LoaderSetting.Read(null, "true").IsRefused);
}
