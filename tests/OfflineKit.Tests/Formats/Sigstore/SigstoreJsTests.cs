using System.Diagnostics;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Policy;
using OfflineKit.Trust;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Formats.Sigstore;

/// <summary>Our verdicts and those of @sigstore/verify on every bundle of the corpora: they agree, or sigstore-js-disagreements.tsv says which clause decides.</summary>
/// <remarks>Needs PEERS (group js of build/peers/peers.sh); skipped without it.</remarks>
public sealed class SigstoreJsTests
{
    private const string Production = "@production";

    [SharedTheory("corpora")]
    [InlineData("sigstore-conformance")]
    [InlineData("cpython-releases")]
    public void Every_disagreement_is_decided_by_a_clause(string corpus)
    {
        string corpora = Path.GetDirectoryName(Corpora.Folder(corpus))!;
        List<string[]> theirs = Judge(corpora, corpus);
        Assert.NotEmpty(theirs);
        Dictionary<string, string> arguments = Corpora.Manifest(corpus).ToDictionary(row => row["path"], row => row["args"], StringComparer.Ordinal);
        string[] found =
        [
            .. theirs.Select(row => (Path: row[0], Theirs: row[1], Ours: Ours(Path.Combine(corpora, corpus, row[0]), arguments[row[0]].Split(' '))))
                .Where(row => row.Ours != row.Theirs).Select(row => $"{corpus}/{row.Path}\t{row.Ours}\t{row.Theirs}").Order(StringComparer.Ordinal),
        ];
        Assert.Equal(string.Join('\n', Listed(corpus)), string.Join('\n', found));
        TestContext.Current.SendDiagnosticMessage($"{corpus}: {theirs.Count} bundles, {found.Length} disagreements");
    }

    [Fact]
    public void Every_listed_disagreement_names_its_clause() =>
        Assert.All(Rows(), row => Assert.True(row.Length == 4 && System.Text.RegularExpressions.Regex.IsMatch(row[3], @"^[FP]\d+: .{10,}$"), string.Join('\t', row)));

    private static IEnumerable<string> Listed(string corpus) =>
        Rows().Where(row => row[0].StartsWith(corpus + "/", StringComparison.Ordinal)).Select(row => string.Join('\t', row[..3])).Order(StringComparer.Ordinal);

    private static IEnumerable<string[]> Rows() =>
        File.ReadAllLines(Beside("sigstore-js-disagreements.tsv")).Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => line.Split('\t'));

    private static List<string[]> Judge(string corpora, string corpus)
    {
        string peers = Environment.GetEnvironmentVariable("PEERS") ?? "";
        string node = Path.Combine(peers, "bin", "peers-node");
        if (peers.Length == 0 || !File.Exists(node))
        {
            Assert.Skip($"PEERS (group js) is not set: 1 differential run over {corpus} not made");
        }

        using Process judge = Process.Start(new ProcessStartInfo(node, [Beside("judge.js"), corpora, corpus]) { RedirectStandardOutput = true })!;
        string answers = judge.StandardOutput.ReadToEnd();
        judge.WaitForExit();
        Assert.Equal(0, judge.ExitCode);
        return [.. answers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }

    private static string Ours(string file, string[] arguments)
    {
        string folder = Path.GetDirectoryName(file)!, artifactName = arguments[^1];
        string? Option(string name) => Array.IndexOf(arguments, name) is >= 0 and int at ? arguments[at + 1] : null;
        string At(string name) => name == Production ? Path.Combine(Corpora.Folder("trust-roots"), "production-trusted_root.json") : Path.Combine(folder, name);
        string? key = Option("--key"), identity = Option("--certificate-identity");
        Result<TrustStore> trust = Result.Parse(Reasons.MalformedTrust, () => new TrustStore
        {
            Keys = key is null ? [] : [KeyFile.Parse(File.ReadAllBytes(At(key)), "key", "--key")],
            SigstoreRoots = SigstoreTrustedRootFile.Parse(File.ReadAllBytes(At(Option("--trusted-root") ?? Production)), "root", ""),
        });
        if (trust.Value is not { } store)
        {
            return "refuse";
        }

        SignaturePolicy policy = identity is null
            ? SignaturePolicy.AnyPinnedSigner
            : new SignaturePolicy([new SignedByDemandedIdentity(TextMatch.Exactly(identity), TextMatch.Exactly(Option("--certificate-oidc-issuer")!))]);
        Expectations expectations = new() { DemandedSigner = identity is null ? DemandedSigner.Key : DemandedSigner.Identity };
        using Artifact artifact = artifactName.StartsWith("sha256:", StringComparison.Ordinal)
            ? Artifact.FromDigest(Digest.FromHex(DigestAlgorithm.Sha256, artifactName[7..], "digest"))
            : Artifact.FromBytes(artifactName, File.ReadAllBytes(At(artifactName)));
        VerificationRequest request = new(artifact, File.ReadAllBytes(file), new VerificationContext(store, expectations, StatedTime: null), policy) { Format = new SigstoreFormat() };
        return Verifier.Verify(request).IsTrusted ? "accept" : "refuse";
    }

    private static string Beside(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "OfflineKit.Tests", "Formats", "Sigstore", name);
            if (File.Exists(candidate)) return candidate;
        }

        throw new FileNotFoundException(name);
    }
}
