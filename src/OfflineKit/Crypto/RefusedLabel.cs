using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>Labels that key services offer and offlinekit refuses, each for its own reason.</summary>
internal static class RefusedLabel
{
    /// <summary>The exception that says why <paramref name="label"/> is refused.</summary>
    public static MalformedException Because(string label, string what)
    {
        Reason reason = label switch
        {
            "ED25519_PH_SHA_512" => AlgorithmReasons.Ed25519Prehashed,
            "SM2DSA" => AlgorithmReasons.Sm2,
            "RSNULL" => AlgorithmReasons.NoHash,
            "RS1" => AlgorithmReasons.HashNotAccepted,
            _ when StartsWith(label, "ML_DSA", "ML-DSA", "SLH_DSA", "SLH-DSA", "PQ_SIGN_") => AlgorithmReasons.PostQuantum,
            _ when StartsWith(label, "RSA_SIGN_RAW_PKCS1_") => AlgorithmReasons.NoHash,
            _ when StartsWith(label, "HS256", "HS384", "HS512", "HMAC") => AlgorithmReasons.Symmetric,
            _ when Contains(label, "SHA1", "SHA_1", "SHA-1", "SHA224", "SHA_224", "SHA-224", "SHA3_", "SHA3-") => AlgorithmReasons.HashNotAccepted,
            _ => Reasons.UnsupportedAlgorithm,
        };
        return new MalformedException(reason, $"{what}: \"{label}\" is no algorithm label that offlinekit accepts");
    }

    private static bool StartsWith(string label, params ReadOnlySpan<string> prefixes)
    {
        foreach (string prefix in prefixes)
        {
            if (label.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(string label, params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (label.Contains(part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
