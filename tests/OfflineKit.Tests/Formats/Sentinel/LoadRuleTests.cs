using OfflineKit.Formats.Sentinel;

namespace OfflineKit.Tests.Formats.Sentinel;

public sealed class LoadRuleTests
{
    private const string P = "/sentinel/policies/dev";

    private static Verdict Refused(Reason reason) => Verdict.Refused("sentinel", reason.Because("test"));

    [Theory]
    [InlineData(nameof(ParameterLookup.Found), nameof(ParameterLookup.NotFound), nameof(Enforcement.Enforce), false, P + ": policy not signed (signature enforcement enabled)")]
    [InlineData(nameof(ParameterLookup.Found), nameof(ParameterLookup.NotFound), nameof(Enforcement.Warn), true, "WARNING: policy " + P + " has no signature, loading without verification")]
    [InlineData(nameof(ParameterLookup.NotFound), nameof(ParameterLookup.NotFound), nameof(Enforcement.Warn), false, P + ": policy not found")]
    [InlineData(nameof(ParameterLookup.NotFound), nameof(ParameterLookup.Found), nameof(Enforcement.Enforce), false, P + ": policy not found")]
    [InlineData(nameof(ParameterLookup.Found), nameof(ParameterLookup.Failed), nameof(Enforcement.Warn), false, "failed to load signature for " + P)]
    [InlineData(nameof(ParameterLookup.Found), nameof(ParameterLookup.Found), nameof(Enforcement.Warn), false, "signature verification error for " + P)]
    public void Without_a_verdict_only_a_missing_signature_may_be_warned_about(
        string policy, string signature, string enforcement, bool isLoaded, string text) =>
        Assert.Equal(new LoadDecision(isLoaded, text), LoadRule.Decide(P, Enum.Parse<ParameterLookup>(policy), Enum.Parse<ParameterLookup>(signature), verdict: null, Enum.Parse<Enforcement>(enforcement)));

    [Theory]
    [InlineData(nameof(Enforcement.Enforce))]
    [InlineData(nameof(Enforcement.Warn))]
    public void A_bad_signature_is_refused_whatever_the_server_was_told(string name)
    {
        Enforcement enforcement = Enum.Parse<Enforcement>(name);
        LoadDecision invalid = LoadRule.Decide(P, ParameterLookup.Found, ParameterLookup.Found, Refused(Reasons.SignatureMismatch), enforcement);
        LoadDecision malformed = LoadRule.Decide(P, ParameterLookup.Found, ParameterLookup.Found, Refused(Reasons.MalformedSignature), enforcement);
        Assert.Equal(new LoadDecision(IsLoaded: false, $"{P}: policy signature verification failed"), invalid);
        Assert.Equal(new LoadDecision(IsLoaded: false, $"failed to parse signature for {P}"), malformed);
    }

    [Theory]
    [InlineData("alias/k", null, "alias/k", nameof(Enforcement.Enforce))]
    [InlineData("alias/k", "true", "alias/k", nameof(Enforcement.Enforce))]
    [InlineData("alias/k", "TRUE", "alias/k", nameof(Enforcement.Warn))]
    [InlineData("alias/k", "1", "alias/k", nameof(Enforcement.Warn))]
    [InlineData("", "false", null, nameof(Enforcement.Warn))]
    public void Only_exactly_true_or_nothing_enforces(string key, string? enforce, string? keyId, string enforcement)
    {
        LoaderSetting setting = LoaderSetting.Read(key, enforce);
        Assert.Equal((keyId, Enum.Parse<Enforcement>(enforcement), false), (setting.KeyId, setting.Enforcement, setting.IsRefused));
        Assert.StartsWith("INFO: Policy signature verification ", setting.StartLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Enforcement_without_a_key_is_refused() => Assert.True(LoaderSetting.Read(null, "true").IsRefused);
}
