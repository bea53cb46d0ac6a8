using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Tests.Exports;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Formats.Spellings;

/// <summary>Every accepted spelling, changed in one place at a time: what is still trusted says the same.</summary>
public sealed class SpellingMutationTests
{
    // A vector that is trusted, and the members by which its signature file says what it says; others are covered by nothing and decide nothing. Empty: text without members.
    private static readonly Dictionary<string, string[]> Vectors = new(StringComparer.Ordinal)
    {
        ["cosign-download/signature-of-manifest"] = ["Base64Signature", "Payload"],
        ["cosign/spelled-further-members"] = ["base64Signature"],
        ["cosign/spelled-empty-certificate"] = ["base64Signature"],
        ["github/one"] = ["attestations/0/bundle/dsseEnvelope/payload", "attestations/0/bundle/dsseEnvelope/payloadType", "attestations/0/bundle/dsseEnvelope/signatures/0/sig"],
        ["github/bundle-only"] = ["attestations/0/bundle/dsseEnvelope/payload", "attestations/0/bundle/dsseEnvelope/payloadType", "attestations/0/bundle/dsseEnvelope/signatures/0/sig"],
        ["kms-detached/spelled-wrapped-base64"] = [],
        ["kms-detached/spelled-p384-sha256"] = [],
        ["keys/set-by-kid"] = [],
        ["keys/set-vault-version"] = [],
    };

    public static TheoryData<string> Names() => [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_changed_signature_is_trusted_only_where_it_says_the_same(string vector)
    {
        Question good = Question.Of(vector);
        Assert.True(good.Judge().IsTrusted);
        Assert.Equal("", string.Join('\n', Mutation.Of(good.Signature)
            .Where(mutant => (good with { Signature = mutant.Changed }).Judge().IsTrusted && !SaysTheSame(good.Signature, mutant.Changed, Vectors[vector]))
            .Select(mutant => mutant.What).Take(10)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_changed_artefact_is_never_trusted(string vector)
    {
        Question good = Question.Of(vector);
        Assert.Equal("", string.Join('\n', Mutation.Of(good.Artifact).Where(mutant => (good with { Artifact = mutant.Changed }).Judge().IsTrusted).Select(mutant => mutant.What).Take(10)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_changed_key_is_trusted_only_where_it_is_the_same_key(string vector)
    {
        Question good = Question.Of(vector);
        string fingerprint = good.Key()!.Material.Fingerprint;
        Assert.Equal("", string.Join('\n', Mutation.Of(good.KeyFileContent)
            .Select(mutant => (mutant.What, Question: good with { KeyFileContent = mutant.Changed }))
            .Where(mutant => mutant.Question.Key() is { } key && key.Material.Fingerprint != fingerprint && mutant.Question.Judge().IsTrusted)
            .Select(mutant => mutant.What).Take(10)));
    }

    // Of text line ends and Vault's number of the key say nothing, of JSON the blanks between members and whatever else it holds; a line written twice says it twice.
    private static bool SaysTheSame(byte[] good, byte[] mutant, string[] members)
    {
        if (members.Length == 0)
        {
            return Joined(good) == Joined(mutant);
        }

        JsonNode? before = JsonNode.Parse(good);
        string text = System.Text.Encoding.UTF8.GetString(mutant), original = System.Text.Encoding.UTF8.GetString(good);
        return text == original + original || members.All(path => JsonNode.DeepEquals(At(before, path), At(JsonNode.Parse(mutant), path)));
    }

    private static string Joined(byte[] text) => System.Text.Encoding.Latin1.GetString(text).Split(':')[^1].Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    private static JsonNode? At(JsonNode? node, string path) =>
        path.Split('/').Aggregate(node, (at, part) => at is JsonArray list ? list[int.Parse(part)] : at?[part]);

    private sealed record Question(byte[] Artifact, byte[] Signature, byte[] KeyFileContent, string? KeyId, string? Algorithm)
    {
        public static Question Of(string vector)
        {
            string folder = Repository.Path("tests", "vectors", vector);
            string line = Regex.Match(File.ReadAllText(Path.Combine(folder, "case.txt")), "^args: (.*)$", RegexOptions.Multiline).Groups[1].Value.Trim();
            string[] words = line.Split(' ');
            string? Option(string name) => Array.IndexOf(words, name) is >= 0 and int at ? words[at + 1] : null;
            string[] key = Option("--key")!.Split('=');
            string signature = Option("--signature") ?? words.Select(word => word + ".bundle").First(name => File.Exists(Path.Combine(folder, name)));
            byte[] Read(string name) => File.ReadAllBytes(Path.Combine(folder, name));
            return new Question(Read(words[1]), Read(signature), Read(key[^1]), key.Length > 1 ? key[0] : null, Option("--algorithm"));
        }

        public TrustedKey? Key() => Result.Parse(
            Reasons.MalformedKey, () => KeyFile.ParseChosen(KeyFileContent, "key", "--key", KeyId is null ? [] : [KeyId]).Keys is [TrustedKey only] ? only : throw new MalformedException("no key")).Value;

        public Verdict Judge() => Key() is { } key
            ? Verifier.Verify(new VerificationRequest(
                OfflineKit.Artifact.FromBytes("a", Artifact), Signature,
                new VerificationContext(new TrustStore { Keys = [key] }, new Expectations { AllowBareSignature = true, Algorithm = Algorithm }, StatedTime: null), SignaturePolicy.AnyPinnedSigner))
            : Verdict.Refused("", Reasons.MalformedKey.Because("no key"));
    }
}
