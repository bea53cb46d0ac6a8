using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Policy;
using OfflineKit.Trust;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Formats.Sigstore;

/// <summary>Every accepted bundle of the conformance corpus, changed in one place at a time: no change may be trusted.</summary>
public sealed class ConformanceMutationTests
{
    private const string Corpus = "sigstore-conformance";

    // Members that are hints or whose absence is legal: a change there may leave the bundle trusted.
    private static readonly ImmutableArray<string> Harmless = ["hint", "keyid"];

    [SharedFact("corpora")]
    public void No_changed_value_of_an_accepted_bundle_is_trusted()
    {
        List<string> trusted = [];
        int mutants = 0;
        foreach (Accepted bundle in AcceptedBundles())
        {
            foreach ((string path, JsonObject mutant) in Mutants(bundle.Json))
            {
                mutants++;
                if (bundle.Verify(mutant).IsTrusted) trusted.Add($"{bundle.Name}: {path}");
            }
        }

        Assert.True(trusted.Count == 0, string.Join("\n", trusted));
        Assert.True(mutants > 500, $"only {mutants} mutants");
    }

    [SharedFact("corpora")]
    public void No_accepted_bundle_is_trusted_when_a_member_is_missing_that_carries_proof()
    {
        List<string> trusted = [];
        foreach (Accepted bundle in AcceptedBundles())
        {
            foreach (string member in new[] { "verificationMaterial", "mediaType", "messageSignature", "dsseEnvelope", "tlogEntries", "certificate", "x509CertificateChain", "inclusionProof", "checkpoint", "canonicalizedBody", "logId", "rootHash", "signature" })
            {
                JsonObject mutant = bundle.Json.DeepClone().AsObject();
                if (RemoveFirst(mutant, member) && !(bundle.IsKeyOnly && member == "tlogEntries") && bundle.Verify(mutant).IsTrusted) trusted.Add($"{bundle.Name}: {member}");
            }
        }

        Assert.True(trusted.Count == 0, string.Join("\n", trusted));
    }

    private static IEnumerable<Accepted> AcceptedBundles() => Corpora.Manifest(Corpus)
        .Where(row => row["kind"].StartsWith("bundle", StringComparison.Ordinal) && row["expected"] == "pass")
        .Select(Accepted.Read);

    // Each string and each byte string changed once: text by one letter, base64 in its first, middle and last byte.
    private static IEnumerable<(string Path, JsonObject Mutant)> Mutants(JsonObject bundle)
    {
        foreach (string path in Leaves(bundle, "").ToList())
        {
            string member = path.Split('/')[^1];
            if (Harmless.Contains(member)) continue;
            string value = At(bundle, path).GetValue<string>();
            foreach (string changed in Changes(member, value))
            {
                JsonObject mutant = bundle.DeepClone().AsObject();
                At(mutant, path).ReplaceWith(changed);
                yield return (path, mutant);
            }
        }
    }

    private static IEnumerable<string> Changes(string member, string value)
    {
        if (value.Length == 0) yield break;
        if (member is "envelope" or "mediaType" or "payloadType" or "kind" or "version" or "algorithm")
        {
            // A witness's own line is not the log's: only text and the first letters belong to it for sure.
            yield return value[1..];
            yield return (value[0] == 'x' ? 'y' : 'x') + value[1..];
            yield break;
        }

        if (member is "logIndex" or "treeSize" or "integratedTime")
        {
            yield return value + "0";
            yield break;
        }

        // In the middle of a token stand certificates that nobody signed and that are not used when the root holds the signer.
        byte[] bytes = Convert.FromBase64String(value);
        foreach (int at in member == "signedTimestamp" ? [0, bytes.Length - 1] : new[] { 0, bytes.Length / 2, bytes.Length - 1 })
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            yield return Convert.ToBase64String(changed);
        }

        yield return Convert.ToBase64String([.. bytes, 0]);
    }

    private static IEnumerable<string> Leaves(JsonNode node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value!, $"{path}/{member.Key}")),
        JsonArray elements => elements.SelectMany((element, i) => Leaves(element!, $"{path}/{i}")),
        _ => [path],
    };

    private static JsonNode At(JsonNode node, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(node, (at, part) => at is JsonArray array ? array[int.Parse(part)]! : at[part]!);

    private static bool RemoveFirst(JsonNode? node, string member) => node switch
    {
        JsonObject members when members.Remove(member) => true,
        JsonObject members => members.Any(child => RemoveFirst(child.Value, member)),
        JsonArray elements => elements.Any(child => RemoveFirst(child, member)),
        _ => false,
    };

    private sealed record Accepted(string Name, JsonObject Json, byte[] Artifact, TrustStore Trust, SignaturePolicy Policy, DemandedSigner Signer)
    {
        public bool IsKeyOnly => Signer == DemandedSigner.Key && Trust.SigstoreRoots.IsEmpty;

        public static Accepted Read(Dictionary<string, string> row)
        {
            string corpus = Corpora.Folder(Corpus), folder = Path.GetDirectoryName(Path.Combine(corpus, row["path"]))!;
            string[] words = row["args"].Split(' ');
            string? Option(string name) => Array.IndexOf(words, name) is >= 0 and int at ? words[at + 1] : null;
            string Located(string word) => word.StartsWith('@')
                ? Path.Combine(Corpora.Folder("trust-roots"), $"{word[1..]}-trusted_root.json")
                : new[] { Path.Combine(folder, word), Path.Combine(corpus, word) }.First(File.Exists);
            TrustStore trust = new()
            {
                SigstoreRoots = Option("--trusted-root") is { } root ? SigstoreTrustedRootFile.Parse(File.ReadAllBytes(Located(root)), "root", "") : [],
                Keys = Option("--key") is { } key ? [KeyFile.Parse(File.ReadAllBytes(Located(key)), "key", "--key")] : [],
            };
            SignaturePolicy policy = Option("--certificate-identity") is { } identity
                ? new SignaturePolicy([new SignedByDemandedIdentity(TextMatch.Exactly(identity), TextMatch.Exactly(Option("--certificate-oidc-issuer")!))])
                : SignaturePolicy.AnyPinnedSigner;
            Accepted accepted = new(
                row["path"], JsonNode.Parse(File.ReadAllText(Path.Combine(corpus, row["path"])))!.AsObject(), File.ReadAllBytes(Located(words[^1])),
                trust, policy, trust.Keys.IsEmpty ? DemandedSigner.Identity : DemandedSigner.Key);
            Assert.True(accepted.Verify(accepted.Json).IsTrusted, row["path"]);
            return accepted;
        }

        public Verdict Verify(JsonObject bundle) => Verifier.Verify(new VerificationRequest(
            OfflineKit.Artifact.FromBytes("artefact", Artifact),
            System.Text.Encoding.UTF8.GetBytes(bundle.ToJsonString()),
            new VerificationContext(Trust, new Expectations { DemandedSigner = Signer }, StatedTime: null),
            Policy) { Format = new SigstoreFormat() });
    }
}
