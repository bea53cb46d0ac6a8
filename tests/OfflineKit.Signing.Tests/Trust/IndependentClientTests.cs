using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Trust;

/// <summary>A TUF client that others wrote (tuf-js) accepts what the maintaining side publishes, follows its rotations, and refuses what we refuse.</summary>
public sealed class IndependentClientTests : IDisposable
{
    private readonly MaintainedRepository _site = MaintainedRepository.WithOneKey();

    public void Dispose() => _site.Dispose();

    [Fact]
    public void It_accepts_the_repository_and_follows_a_rotation_of_every_role()
    {
        string modules = Modules();
        _site.Trust("add", "repo", "all.pub", "--name", "release");
        _site.Publish();
        Assert.Contains("trust.json", Walk(modules, 0, "trust.json", "release.pub", "KEYS.txt"), StringComparison.Ordinal);
        _site.MakeKey("next");
        foreach (string role in (string[])["root", "targets", "snapshot", "timestamp"])
        {
            _site.Trust("rotate", "repo", "--role", role, "--add", "next.pub", "--remove", "all.pub");
        }

        _site.Trust("sign", "repo", "--key", "all.key");
        _site.Trust("sign", "repo", "--key", "next.key");
        _site.Trust("publish", "repo", "--key", "next.key");
        Assert.Contains("root        version 2", _site.Sound(), StringComparison.Ordinal);
        Assert.Contains("release.pub", Walk(modules, 0, "release.pub"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_refuses_an_altered_target_and_an_older_release()
    {
        string modules = Modules();
        _site.Trust("add", "repo", "all.pub", "--name", "release");
        _site.Publish();
        string old = File.ReadAllText(Path.Combine(_site.Repo, "metadata", "timestamp.json"));
        _site.Trust("add", "repo", _site.Write("policy.json", "{}"), "--as", "policy.json");
        _site.Publish();
        Walk(modules, 0, "policy.json");
        File.WriteAllText(Path.Combine(_site.Repo, "targets", "policy.json"), "[]");
        Directory.Delete(Path.Combine(_site["cache"], "targets"), recursive: true);
        Walk(modules, 1, "policy.json");
        File.WriteAllText(Path.Combine(_site.Repo, "metadata", "timestamp.json"), old);
        Assert.Contains("BadVersionError", Walk(modules, 1, "trust.json"), StringComparison.Ordinal);
    }

    private string Walk(string modules, int exit, params string[] targets)
    {
        string script = Repository.Path("tests", "OfflineKit.Signing.Tests", "Trust", "tuf-client.cjs");
        (int seen, string output) = Peer.Run(_site.Path, "peers-node", [script, modules, _site.Repo, _site["cache"], .. targets]);
        Assert.True(seen == exit, $"exit {seen}, wanted {exit}: {output}");
        return output;
    }

    // Of the peers, or the copy that npm itself brings along.
    private static string Modules()
    {
        Peer.Needed("peers-node");
        string[] places =
        [
            .. Environment.GetEnvironmentVariable("PEERS") is { Length: > 0 } peers ? (string[])[Path.Combine(peers, "js", "node_modules")] : [],
            "/usr/lib/node_modules/npm/node_modules", "/usr/local/lib/node_modules/npm/node_modules", "/usr/share/nodejs",
        ];
        string? found = Array.Find(places, place => Directory.Exists(Path.Combine(place, "tuf-js")));
        Assert.SkipWhen(found is null, "tuf-js is not installed (PEERS names a folder made by build/peers/peers.sh; npm brings a copy along)");
        return found!;
    }
}
