using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>Names the common accidents behind a signature that does not verify; the verdict stays a refusal.</summary>
internal static class MismatchDiagnosis
{
    /// <summary>The finding for a well-formed signature that does not cover <paramref name="subject"/>.</summary>
    public static Finding In(Subject subject, Candidate candidate, ReadOnlySpan<byte> signature, Artifact artifact)
    {
        PublicKey key = candidate.Key;
        string name = $"key \"{candidate.Trusted.Name}\"";
        if (subject.Content is { } content)
        {
            if (HashSigned(content.Span, key, signature) is { } hash)
            {
                return KmsDetachedReasons.SignedDigest.Because($"{name} signed the {hash} of the file, and {key.Scheme.Label} takes the file itself");
            }
        }
        else if (subject.Digest is { } digest)
        {
            if (key.Verifies(Digest.Of(digest.Algorithm, digest.Bytes), signature))
            {
                return KmsDetachedReasons.DoubleHash.Because($"{name} signed {digest.Algorithm.Name()} of {digest}");
            }

            if (key.Verifies(Digest.Of(digest.Algorithm, Utf8Text.Encode(digest.Hex)), signature))
            {
                return KmsDetachedReasons.HexDigest.Because($"{name} signed the text {digest.Hex}");
            }

            if (key.Scheme.IsRsaPss && PssSaltLength.In(signature, digest, key.Material) is { } salt)
            {
                return OtherSalt(name, key, digest.Algorithm, salt);
            }

            if (Other(candidate, signature, artifact) is { } other)
            {
                return Reasons.AlgorithmMismatch.Because(
                    $"{name} signed this very file with {other.Label}, wanted {key.Scheme.Label}: the file is as it was signed, and the {Difference(key.Scheme, other)} is another") with
                {
                    Advice = new Advice($"if that is what the signer meant, pass {{algorithm}} {LabelOf(key, other)}"),
                };
            }
        }

        return Reasons.SignatureMismatch.Because($"the signature does not verify under {name} with {key.Scheme.Label}");
    }

    // With its salt as long as the hash, or the largest, a signature can be verified by the label that says so.
    private static Finding OtherSalt(string name, PublicKey key, DigestAlgorithm digest, int salt)
    {
        int largest = LargestSaltPss.SaltSize(key.Material, digest);
        string? label = salt == digest.Size() ? VaultLabel.OfSaltLikeHash(digest) : salt == largest ? VaultLabel.OfLargestSalt(digest) : null;
        Finding finding = AlgorithmReasons.PssSalt.Because($"{name} signed with a salt of {salt} bytes, wanted {(key.Scheme.HasLargestSalt ? largest : digest.Size())}");
        return label is null ? finding : finding with { Advice = new Advice($"if that is what the signer meant, pass {{algorithm}} {label}; or sign again with a salt as long as the hash") };
    }

    /// <summary>The digests that a verification under <paramref name="key"/> needs, those to tell a foreign hash among them.</summary>
    /// <remarks>Services hash with SHA-256 whatever the curve, so a signature of a wide curve is worth a second hash; a P-256 key costs nothing more.</remarks>
    public static IEnumerable<DigestAlgorithm> DigestsFor(PublicKey key) => key.Material.Kind is KeyKind.P384 or KeyKind.P521
        ? [key.Scheme.Digest!.Value, DigestAlgorithm.Sha256]
        : [key.Scheme.Digest ?? DigestAlgorithm.Sha256];

    // Services take only short messages of such a key, so callers hash the file first.
    private static string? HashSigned(ReadOnlySpan<byte> content, PublicKey key, ReadOnlySpan<byte> signature)
    {
        foreach (DigestAlgorithm algorithm in (ReadOnlySpan<DigestAlgorithm>)[DigestAlgorithm.Sha256, DigestAlgorithm.Sha384, DigestAlgorithm.Sha512])
        {
            Digest digest = Digest.Of(algorithm, content);
            if (key.Verifies(digest.Bytes, signature) || key.Verifies(Utf8Text.Encode(digest.Hex), signature))
            {
                return algorithm.Name();
            }
        }

        return MlDsaParameterSet.Of(key.Material.Kind) is not null && key.Verifies(MlDsaParameterSet.Mu(key.Material.MlDsaBytes.Span, content), signature) ? "mu" : null;
    }

    // Another hash of the same curve, or another hash or padding of the same modulus: a good signature by another algorithm.
    private static SignatureScheme? Other(Candidate candidate, ReadOnlySpan<byte> signature, Artifact artifact)
    {
        PublicKey key = candidate.Key;
        foreach (SignatureScheme scheme in SignatureScheme.All)
        {
            if (scheme != key.Scheme && scheme.Digest is { } algorithm && artifact.DigestToExplain(algorithm) is { } digest && key.WouldVerify(scheme, digest, signature))
            {
                return scheme;
            }
        }

        return null;
    }

    private static string Difference(SignatureScheme wanted, SignatureScheme seen) =>
        wanted.Family == seen.Family ? "hash" : wanted.Digest == seen.Digest ? "padding" : "hash and the padding";

    // The spelling that names this hash with this key: the canonical one, or Vault's where a curve has another's hash.
    private static string LabelOf(PublicKey key, SignatureScheme other) =>
        PublicKey.Fits(key.Material, other) ? other.Label : VaultLabel.For(key.Material.Kind, other.Digest!.Value) ?? other.Label;
}
