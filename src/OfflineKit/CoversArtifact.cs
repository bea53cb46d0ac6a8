using OfflineKit.Crypto;

namespace OfflineKit;

/// <summary>The signature covers exactly this artefact.</summary>
public sealed record CoversArtifact : Evidence
{
    private CoversArtifact(string name, string algorithm, string digest) => (Name, Algorithm, Digest) = (name, algorithm, digest);

    /// <summary>The artefact's name as the caller gave it; of a document that carries its signature, the part that is signed.</summary>
    public string Name { get; }

    /// <summary>The digest's algorithm.</summary>
    public string Algorithm { get; }

    /// <summary>Lower-case hex.</summary>
    public string Digest { get; }

    /// <summary>The evidence that what has <paramref name="digest"/> and was signed is <paramref name="artifact"/>, or the part of it that is called <paramref name="part"/>.</summary>
    /// <param name="artifact">What was read.</param>
    /// <param name="digest">The digest of what the signature covers, compared before.</param>
    /// <param name="part">What a signed document calls its signed part.</param>
    /// <exception cref="InvalidOperationException">The digest is none of this artefact's: a fault of the format, never an answer.</exception>
    internal static CoversArtifact Prove(Artifact artifact, Digest digest, string part = "content")
    {
        if (digest.Equals(artifact.Digest(digest.Algorithm)))
        {
            return new CoversArtifact(artifact.Name, digest.Algorithm.Name(), digest.Hex);
        }

        return artifact.IsDocumentItself
            ? new CoversArtifact($"{part} of {artifact.Name}", digest.Algorithm.Name(), digest.Hex)
            : throw new InvalidOperationException($"{digest} was proved to be signed, and is no digest of {artifact.Name}");
    }

    /// <summary>The same where the file that was given as the artefact holds nothing but the digest: the content behind it was not seen.</summary>
    internal static CoversArtifact ProveDigestIn(Artifact artifact, Digest digest) => artifact.Content is { } held && held.Span.SequenceEqual(digest.Bytes)
        ? new CoversArtifact(artifact.Name, digest.Algorithm.Name(), digest.Hex)
        : throw new InvalidOperationException($"{digest} was proved to be signed, and {artifact.Name} does not hold it");

    /// <summary>This speaks of <paramref name="artifact"/>, by a digest of it or as the digest that it holds.</summary>
    internal bool Is(Artifact artifact) =>
        artifact.IsDocumentItself || artifact.Digests.Any(known => known.Algorithm.Name() == Algorithm && known.Hex == Digest) || (artifact.Content is { } held && Encoding.StrictHex.Encode(held.Span) == Digest);
}
