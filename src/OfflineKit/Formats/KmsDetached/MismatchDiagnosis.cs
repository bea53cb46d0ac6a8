using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>Names the common accidents behind a signature that does not verify; the verdict stays a refusal.</summary>
internal static class MismatchDiagnosis
{
    /// <summary>The finding for a well-formed signature that does not cover <paramref name="subject"/>.</summary>
    public static Finding In(Subject subject, Candidate candidate, ReadOnlySpan<byte> signature)
    {
        PublicKey key = candidate.Key;
        string name = $"key \"{candidate.Trusted.Name}\"";
        if (subject.Content is null && subject.Digest is { } digest)
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
                return AlgorithmReasons.PssSalt.Because($"{name} signed with a salt of {salt} bytes, wanted {digest.Algorithm.Size()}");
            }
        }

        return Reasons.SignatureMismatch.Because($"the signature does not verify under {name} with {key.Scheme.Label}");
    }
}
