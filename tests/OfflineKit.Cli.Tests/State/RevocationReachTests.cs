using System.Collections.Concurrent;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Signing.Tests.Trust;
using OfflineKit.Testing;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;
using OfflineKit.Vectors.Tests;

namespace OfflineKit.Cli.Tests.State;

/// <summary>Where every key of every vector is revoked by one imported bundle, no vector is trusted: no command and no format forgets to ask.</summary>
public sealed class RevocationReachTests : IDisposable
{
    private static readonly string[] KeyOptions = ["--key", "-k", "--log-key", "--ca"];

    // A second reading of the body is told only where it is sound; the refusal is that of the first.
    private static readonly string[] RefusedInOtherWords = ["dossier/legacy-body-allowed"];

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-revoked-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_is_trusted_once_every_key_is_revoked()
    {
        Vector[] trusted = [.. Vector.Names().Select(Vector.Read).Where(vector => vector.Expect == "trusted" && Asks(vector.Args) && !vector.Args.Contains("--hmac-key-file"))];
        Vector[] asked = [.. trusted.Where(vector => !vector.Name.StartsWith("trust-life/", StringComparison.Ordinal))];
        Assert.True(asked.Length > 150, $"only {asked.Length} vectors");
        HashSet<string> fingerprints = [.. asked.SelectMany(Fingerprints), .. BundledTrust.ReadManifest().Roots.SelectMany(root => Of(BundledTrust.Open(root)))];
        string state = Import(fingerprints);
        ConcurrentBag<string> still = [];
        Parallel.ForEach(asked, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, vector =>
        {
            Execution run = Client.Run([.. vector.Args, "--trust-state", state], vector.Folder, vector.Stdin is null ? null : File.ReadAllBytes(Path.Combine(vector.Folder, vector.Stdin)), seconds: 120);
            bool saysWhy = (run.Stdout + run.Stderr).Contains("is revoked (a test)", StringComparison.Ordinal) || RefusedInOtherWords.Contains(vector.Name);
            if (run.ExitCode != 1 || !saysWhy)
            {
                still.Add(run.ExitCode == 1 ? $"{vector.Name}: {run.Stdout}" : $"{vector.Name}: exit {run.ExitCode} {run.Stderr}");
            }
        });
        Assert.True(still.IsEmpty, string.Join('\n', still.Order(StringComparer.Ordinal)));
    }

    private static bool Asks(string[] arguments) => arguments[0] is "verify" or "verify-bundle" or "verify-envelope" or "verify-image" or "verify-export" or "dossier" || arguments is ["policy", "verify", ..];

    // Every key that the command line names: in key files, lists of signers, trust stores and trusted roots.
    private static IEnumerable<string> Fingerprints(Vector vector)
    {
        for (int i = 0; i + 1 < vector.Args.Length; i++)
        {
            string path = Path.Combine(vector.Folder, vector.Args[i + 1]);
            string value = vector.Args[i + 1][(vector.Args[i + 1].IndexOf('=', StringComparison.Ordinal) + 1)..];
            string afterId = Path.Combine(vector.Folder, value);
            TrustStore? store = vector.Args[i] switch
            {
                "--allowed-signers" => new TrustStore { SshSigners = AllowedSigners.Parse(File.ReadAllBytes(path), "") },
                "--trusted-root" => new TrustStore { SigstoreRoots = SigstoreTrustedRootFile.Parse(File.ReadAllBytes(path), "", "") },
                "--trust" => TrustManifest.Parse(File.ReadAllBytes(Path.Combine(path, TrustManifest.FileName))).Roots
                    .Aggregate(TrustStore.Empty, (all, root) => all.With(TrustRootFile.Open(root, File.ReadAllBytes(Path.Combine(path, root.File))))),
                "--ca" => TrustStore.Empty.WithAuthority(TrustedAuthority.Parse(File.ReadAllBytes(path), "")),
                "--trusted-keys" => TrustedKeys(path),
                var option when KeyOptions.Contains(option) && Directory.Exists(path) => new TrustStore { Keys = [.. Directory.GetFiles(path, "*.p*").SelectMany(file => Keys(File.ReadAllBytes(file), vector.Args))] },
                var option when KeyOptions.Contains(option) => new TrustStore { Keys = [.. Keys(File.Exists(path) ? File.ReadAllBytes(path) : File.Exists(afterId) ? File.ReadAllBytes(afterId) : System.Text.Encoding.UTF8.GetBytes(value), vector.Args)] },
                _ => null,
            };
            foreach (string fingerprint in store is null ? [] : Of(store))
            {
                yield return fingerprint;
            }
        }
    }

    // Of a set of several keys those that the command line calls by name, as --key NAME=FILE or --key-id NAME.
    private static IEnumerable<TrustedKey> Keys(byte[] content, string[] words) =>
        KeyFile.ParseChosen(content, "key", "", [.. words.Where((word, at) => at > 0 && words[at - 1] == "--key-id").Concat(words.Where(word => word.Contains('=', StringComparison.Ordinal)).Select(word => word.Split('=')[0]))]).Keys;

    private static TrustStore TrustedKeys(string path) => OfflineKit.Formats.Dossier.TrustedKeysFile.Parse(File.ReadAllBytes(path), "").Store;

    private static IEnumerable<string> Of(TrustStore store) =>
    [
        .. store.Keys.Select(key => key.Material.Fingerprint),
        .. store.SshSigners.Select(signer => signer.Key.Value?.Material.Fingerprint ?? "").Where(fingerprint => fingerprint.Length > 0),
        .. store.Authorities.Select(authority => authority.Certificate.Fingerprint),
        .. store.SigstoreRoots.SelectMany(root => root.CertificateAuthorities).Select(authority => authority.Anchor.Fingerprint),
        .. store.SigstoreRoots.SelectMany(root => root.Logs).Select(log => log.Key.Material.Fingerprint),
    ];

    private string Import(IEnumerable<string> fingerprints)
    {
        SimulatedRepository site = new();
        site.Targets["revocations.json"] = System.Text.Encoding.UTF8.GetBytes(
            $"{{\"version\":1,\"revoked\":[{string.Join(',', fingerprints.Select(hex => $"{{\"fingerprint\":\"{hex}\",\"reason\":\"a test\"}}"))}]}}");
        site.AddRoot(site.Keys["root"]);
        site.Publish();
        ImportOutcome outcome = TrustImport.Run(
            new TrustState(_folder).Root(TrustState.DefaultName), new ImportRequest(site, "bundle", site.Pin, new JudgedAt(SimulatedRepository.Now, IsStated: true), ExpiryRule.Refuse));
        Assert.Null(outcome.Finding);
        return _folder;
    }
}
