using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dsse;

/// <summary>One thing that a statement speaks of, known by its digests.</summary>
/// <param name="Name">Its name; empty when absent. Not compared with the artefact's name.</param>
/// <param name="Digests">The digests of usable algorithms; empty when the subject can match nothing.</param>
/// <param name="OtherDigests">Digests that are shown and never matched (git objects, SHA-1 …), by algorithm name.</param>
internal sealed record Subject(string Name, ImmutableArray<Digest> Digests, ImmutableArray<KeyValuePair<string, string>> OtherDigests)
{
    private static readonly ImmutableArray<string> GitObjects = ["gitCommit", "gitTree", "gitBlob", "gitTag"];

    /// <summary>The subject in a resource descriptor.</summary>
    /// <remarks>Source: in-toto attestation spec/v1 (resource descriptor, digest set), docs/spec/dsse.md §7.</remarks>
    public static Subject FromJson(JsonValue json)
    {
        ImmutableArray<KeyValuePair<string, JsonValue>> set = json.Object("digest").Members;
        if (set.IsEmpty || set.Length > Limits.SubjectDigests)
        {
            throw new MalformedException($"{json.Path}.digest: {set.Length} digests, wanted 1 to {Limits.SubjectDigests}");
        }

        var usable = ImmutableArray.CreateBuilder<Digest>();
        var other = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach ((string algorithm, JsonValue value) in set)
        {
            if (Usable(algorithm) is { } known)
            {
                usable.Add(Digest.FromHex(known, value.Text, value.Path));
            }
            else
            {
                other.Add(KeyValuePair.Create(algorithm, Shown(algorithm, value)));
            }
        }

        string? name = json.OptionalNotNull("name")?.Text;
        return new Subject(name ?? "", usable.ToImmutable(), other.ToImmutable());
    }

    /// <summary>At least one digest is the artefact's.</summary>
    public bool Matches(Artifact artifact) => Digests.Any(digest => digest.Equals(artifact.Digest(digest.Algorithm)));

    /// <summary>The first digest that contradicts the artefact's, or null.</summary>
    /// <remarks>Only digests that are known of the artefact can contradict.</remarks>
    public Digest? Contradiction(Artifact artifact) =>
        Digests.FirstOrDefault(digest => artifact.Digest(digest.Algorithm) is { } known && !known.Equals(digest));

    private static DigestAlgorithm? Usable(string name) => name switch
    {
        "sha256" => DigestAlgorithm.Sha256,
        "sha384" => DigestAlgorithm.Sha384,
        "sha512" => DigestAlgorithm.Sha512,
        _ => null,
    };

    private static string Shown(string algorithm, JsonValue value)
    {
        string text = value.Text;
        if (GitObjects.Contains(algorithm, StringComparer.Ordinal))
        {
            StrictHex.Decode(text, text.Length == 64 ? 32 : 20, value.Path);
        }

        return text;
    }
}
