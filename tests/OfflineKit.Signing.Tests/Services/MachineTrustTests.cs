using OfflineKit.Crypto;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Signing.Cli;
using OfflineKit.Testing;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>What <c>policy load</c> and <c>policy push</c> hand on is judged under the policy that binds the machine.</summary>
public sealed class MachineTrustTests : IDisposable
{
    private static readonly string Sentinel = Repository.Path("tests", "vectors", "sentinel");
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-bound-").FullName;

    public MachineTrustTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can be the administrator of a machine");

    [Fact]
    public void Without_a_policy_the_pinned_keys_decide_and_the_surroundings_say_what_unsigned_means()
    {
        MachineTrust trust = In(policy: null);
        Assert.True(Judged(trust).IsTrusted);
        Assert.Equal(Enforcement.Warn, trust.Strictest(Enforcement.Warn));
    }

    [Fact]
    public void A_policy_that_names_the_key_lets_it_through_and_nothing_unsigned()
    {
        MachineTrust trust = In(Key().Fingerprint);
        Assert.True(Judged(trust).IsTrusted);
        Assert.Equal(Enforcement.Enforce, trust.Strictest(Enforcement.Warn));
    }

    [Fact]
    public void A_policy_that_names_another_key_refuses()
    {
        MachineTrust trust = In(new string('0', 64));
        Assert.Equal("policy.machine-trust", Judged(trust).Findings[0].Reason.Code);
        Assert.Equal(Enforcement.Enforce, trust.Strictest(Enforcement.Warn));
    }

    [Fact]
    public void A_policy_that_is_none_refuses()
    {
        File.WriteAllText(Path.Combine(_folder, "policy"), "no policy");
        Assert.Equal("policy.machine-unreadable", Judged(In(policy: null)).Findings[0].Reason.Code);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static NamedFile KeyFileOf() => new("key.pem", File.ReadAllBytes(Path.Combine(Sentinel, "_keys", "policy-signing.pem")), "--public-key key.pem");

    private static KeyMaterial Key() => KeyFile.Parse(KeyFileOf().Content, "key", "").Material;

    private MachineTrust In(string? policy)
    {
        if (policy is not null)
        {
            File.WriteAllText(Path.Combine(_folder, "policy"), $"version: 1\nname: ours\nsigners:\n  - any-of: [\"sha256:{policy}\"]\n");
        }

        return MachineTrust.In(new Machine(_folder), [KeyFileOf()]);
    }

    private static Verdict Judged(MachineTrust trust)
    {
        string good = Path.Combine(Sentinel, "file-layout");
        return trust.Trust.Judge("policy", File.ReadAllText(Path.Combine(good, "policy.yaml")), File.ReadAllText(Path.Combine(good, "policy.sig.json")));
    }
}
