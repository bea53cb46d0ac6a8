using System.Security.Cryptography;
using OfflineKit.Cli.Tests.Machines;
using OfflineKit.Host.State;
using OfflineKit.Signing.Tests.Trust;
using OfflineKit.Testing;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>A user, a machine, keys, policies and signed files, and everything that can change under a session.</summary>
internal sealed class ChangingTrust : IDisposable
{
    private static readonly string Vectors = Repository.Path("tests", "vectors");
    private readonly SimulatedRepository _site = new();
    private readonly string _alice = Path.Combine(Vectors, "minisign", "_keys", "alice.pub"), _mallory = Path.Combine(Vectors, "minisign", "_keys", "mallory.pub");

    public ChangingTrust(BoundMachine machine)
    {
        Machine = machine;
        Home = Directory.CreateTempSubdirectory("offlinekit-session-").FullName;
        File.Copy(_alice, In("release.pub"));
        Directory.CreateDirectory(In("store"));
        File.Copy(_alice, In("store/release.pub"));
        File.WriteAllText(In("store/trust.json"), Manifest("stored", _alice));
        File.WriteAllText(In("policy.yaml"), Demanding(_alice));
        _site.AddRoot(_site.Keys["root"]);
    }

    public BoundMachine Machine { get; }

    public string Home { get; }

    /// <summary>What is asked after a change, as command lines; of a file of its own in each <paramref name="round"/>, since a batch decides an entry once.</summary>
    public IEnumerable<string[]> Questions(int round)
    {
        string artifact = In($"{round}.txt"), signature = artifact + ".minisig";
        File.Copy(Path.Combine(Vectors, "minisign", "prehashed", "a.txt"), artifact);
        File.Copy(Path.Combine(Vectors, "minisign", "prehashed", "a.txt.minisig"), signature);
        string[] file = ["verify", artifact, "--signature", signature], key = ["--key", In("release.pub")];
        yield return [.. file, .. key];
        yield return file;
        yield return [.. file, .. key, "--policy", In("policy.yaml")];
        yield return [.. file, "--trust-root", "carried"];
        yield return [.. file, "--trust", In("store")];
        yield return [.. file, "--key-id", "carried"];
        yield return [.. file, "--policy", "trust:default/policy.json"];
        yield return [.. file, .. key, "--max-trust-age", "36500"];
        yield return ["verify-export", Path.Combine(Vectors, "exports", "checksums-good", "e"), "--key", Path.Combine(Vectors, "exports", "_keys", "alice.minisign.pub")];
        yield return ["policy", "verify", Path.Combine(Vectors, "sentinel", "file-layout", "policy.yaml"), "--signature", Path.Combine(Vectors, "sentinel", "file-layout", "policy.sig.json"),
            "--key", Path.Combine(Vectors, "sentinel", "_keys", "policy-signing.pem")];
    }

    /// <summary>The changes, one after the other, each said in words.</summary>
    public IEnumerable<(string What, Action Make)> Changes()
    {
        yield return ("nothing yet", static () => { });
        yield return ("an import", () => Import("carried", revoked: null));
        yield return ("a revocation", () => Import("carried", revoked: _alice));
        yield return ("an import that revokes no longer", () => Import("carried", revoked: null));
        yield return ("another key file", () => Replace("release.pub", File.ReadAllBytes(_mallory)));
        yield return ("the key file of before", () => Replace("release.pub", File.ReadAllBytes(_alice)));
        yield return ("another policy", () => Replace("policy.yaml", System.Text.Encoding.UTF8.GetBytes(Demanding(_mallory))));
        yield return ("a key of the user", () => Told("trust", "add", "own", In("release.pub"), "--fingerprint", Fingerprint(_alice)));
        yield return ("the key of the user is gone", () => Told("trust", "remove", "own"));
        yield return ("a root that is off", () => Told("trust", "disable", "carried"));
        yield return ("a root that is on", () => Told("trust", "enable", "carried"));
        yield return ("choices behind a link", () => Lead("offlinekit/trust.json"));
        yield return ("other choices behind it", () => File.WriteAllText(In("behind/trust.json"), "{\"version\":1,\"enabled\":[],\"disabled\":[\"carried\"]}"));
        yield return ("choices of the same size and time", () => Pretend("behind/trust.json", "carried", "another"));
        yield return ("imported trust behind a link", () => Lead("data/offlinekit/trust/default"));
        yield return ("a revocation behind it", () => Import("carried", revoked: _alice));
        yield return ("no revocation behind it", () => Import("carried", revoked: null));
        yield return ("a store of another key", () => ReplaceStore(_mallory));
        yield return ("a policy of the machine", () => File.WriteAllText(Path.Combine(Machine.Folder, "policy"), BoundMachine.PolicyOf(Fingerprint(_mallory))));
        yield return ("another policy of the machine", () => File.WriteAllText(Path.Combine(Machine.Folder, "policy"), BoundMachine.PolicyOf(Fingerprint(_alice))));
        yield return ("a policy of the machine that is none", () => File.WriteAllText(Path.Combine(Machine.Folder, "policy"), "none"));
        yield return ("no policy of the machine", () => File.Delete(Path.Combine(Machine.Folder, "policy")));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Home, recursive: true);

    /// <summary>A file of the user.</summary>
    public string In(string name) => Path.Combine(Home, name);

    private static string Fingerprint(string key) => KeyFile.Parse(File.ReadAllBytes(key), "key", "").Material.Fingerprint;

    private static string Demanding(string key) => $"version: 1\nname: mine\nsigners:\n  - any-of: [\"sha256:{Fingerprint(key)}\"]\n";

    private static string Manifest(string name, string key) =>
        $$"""{"version":1,"roots":[{"name":"{{name}}","kind":"public-key","file":"release.pub","sha256":"{{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(key)))}}","fingerprint":"{{Fingerprint(key)}}","source":"a test","retrieved-on":"2026-11-22","status":"active","on-by-default":true}]}""";

    private void Told(params string[] arguments)
    {
        Execution run = Machine.Run(arguments, configuration: Home);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    // As an editor or a synchronising program does it: another file of the same name.
    private void Replace(string name, byte[] content)
    {
        File.WriteAllBytes(In(name + ".next"), content);
        File.Move(In(name + ".next"), In(name), overwrite: true);
    }

    private void Lead(string name)
    {
        string behind = In($"behind/{Path.GetFileName(name)}");
        Directory.CreateDirectory(In("behind"));
        Directory.Move(In(name), behind);
        File.CreateSymbolicLink(In(name), behind);
    }

    // As somebody does it who wants nobody to notice.
    private void Pretend(string name, string old, string other)
    {
        DateTime time = File.GetLastWriteTimeUtc(In(name));
        File.WriteAllText(In(name), File.ReadAllText(In(name)).Replace(old, other, StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(In(name), time);
    }

    private void ReplaceStore(string key)
    {
        Replace("store/release.pub", File.ReadAllBytes(key));
        Replace("store/trust.json", System.Text.Encoding.UTF8.GetBytes(Manifest("stored", key)));
    }

    private void Import(string name, string? revoked)
    {
        _site.Targets["release.pub"] = File.ReadAllBytes(_alice);
        _site.Targets["trust.json"] = System.Text.Encoding.UTF8.GetBytes(Manifest(name, _alice));
        _site.Targets["policy.json"] = System.Text.Encoding.UTF8.GetBytes($$"""{"version":1,"name":"carried","signers":[{"any-of":["carried","release.pub"]}]}""");
        _site.Targets["revocations.json"] = System.Text.Encoding.UTF8.GetBytes(
            $"{{\"version\":1,\"revoked\":[{(revoked is null ? "" : $"{{\"fingerprint\":\"{Fingerprint(revoked)}\",\"reason\":\"a test\"}}")}]}}");
        (_site.TargetsVersion, _site.SnapshotVersion, _site.TimestampVersion) = (_site.TargetsVersion + 1, _site.SnapshotVersion + 1, _site.TimestampVersion + 1);
        _site.Publish();
        TrustState state = new(Path.Combine(Home, "data", "offlinekit", "trust"));
        ImportOutcome outcome = TrustImport.Run(
            state.Root(TrustState.DefaultName), new ImportRequest(_site, "bundle", _site.Pin, new JudgedAt(SimulatedRepository.Now, IsStated: true), ExpiryRule.Refuse));
        Assert.Null(outcome.Finding?.Detail);
    }
}
