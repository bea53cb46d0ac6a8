using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>What a key must have signed: the artefact's digest, or its bytes for Ed25519 and ML-DSA.</summary>
/// <param name="Digest">The digest; for a scheme that takes the bytes the artefact's SHA-256, for the report only.</param>
/// <param name="Content">The artefact's bytes, for Ed25519 and ML-DSA.</param>
/// <param name="Finding">Why there is no subject; never one of the others at the same time.</param>
internal sealed record Subject(Digest? Digest, ReadOnlyMemory<byte>? Content, Finding? Finding)
{
    /// <summary>The subject of <paramref name="artifact"/> for <paramref name="key"/>.</summary>
    public static Subject Of(Artifact artifact, PublicKey key, Expectations expectations)
    {
        if (key.Scheme.Digest is not { } algorithm)
        {
            return expectations.ArtifactIsDigest || artifact.Content is not { } whole
                ? Refused(Reasons.DigestOnly.Because($"{key.Scheme.Label} signs the file itself, not its digest"))
                : new Subject(artifact.Digest(DigestAlgorithm.Sha256), whole, Finding: null);
        }

        if (expectations.ArtifactIsDigest)
        {
            return artifact.Content is { } given ? FromDigestFile(given.Span, algorithm) : Refused(Reasons.DigestOnly.Because("the digest itself was not read"));
        }

        return artifact.Digest(algorithm) is { } digest
            ? new Subject(digest, Content: null, Finding: null)
            : Refused(Reasons.DigestOnly.Because($"{key.Scheme.Label} needs the {algorithm.Name()} digest"));
    }

    /// <summary>What the signature is over, where there is no finding.</summary>
    public SigningInput Input => Content is { } content ? SigningInput.Of(content) : SigningInput.Of(Digest!);

    private static Subject FromDigestFile(ReadOnlySpan<byte> given, DigestAlgorithm algorithm) =>
        given.Length == algorithm.Size()
            ? new Subject(Crypto.Digest.FromBytes(algorithm, given), Content: null, Finding: null)
            : Refused(KmsDetachedReasons.DigestLength.Because($"{given.Length} bytes, wanted {algorithm.Size()} for {algorithm.Name()}"));

    private static Subject Refused(Finding finding) => new(Digest: null, Content: null, finding);
}
