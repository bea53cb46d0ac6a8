using OfflineKit.Host.State;
using OfflineKit.Signing.Tests.Trust;
using OfflineKit.Testing;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.Tests.Policies;

/// <summary>A policy that was carried in as a target of a trust bundle demands what it says.</summary>
public sealed class CarriedPolicyTests : IDisposable
{
    private static readonly string Minisign = Repository.Path("tests", "vectors", "minisign");

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-carried-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("alice.pub", 0, "TRUSTED")]
    [InlineData("bob.pub", 1, "policy.signers")]
    public void It_is_held_against_the_evidence(string signer, int exitCode, string words)
    {
        string state = Import($$"""{"version":1,"name":"releases","signers":[{"any-of":["{{signer}}"]}]}""");
        string[] policy = ["--policy", "trust:default/policies/releases.json", "--state", state];
        Execution run = Client.Run(["verify", Path.Combine(Minisign, "prehashed", "a.txt"), "--key", Path.Combine(Minisign, "_keys", "alice.pub"), .. policy]);
        Assert.True(run.ExitCode == exitCode && run.Stdout.Contains(words, StringComparison.Ordinal), run.Everything);
        Execution check = Client.Run(["policy", "check", policy[1], .. policy[2..]]);
        Assert.Contains($"signed by {signer}", check.Stdout, StringComparison.Ordinal);
    }

    private string Import(string policy)
    {
        SimulatedRepository site = new();
        site.Targets["policies/releases.json"] = System.Text.Encoding.UTF8.GetBytes(policy);
        site.AddRoot(site.Keys["root"]);
        site.Publish();
        string state = Path.Combine(_folder, "state");
        ImportRequest request = new(site, "bundle", site.Pin, new JudgedAt(SimulatedRepository.Now, IsStated: true), ExpiryRule.Refuse);
        Assert.Null(TrustImport.Run(new TrustState(state).Root(TrustState.DefaultName), request).Finding);
        return state;
    }
}
