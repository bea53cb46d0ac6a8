using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>Vault names an algorithm by several parameters; joined by <c>+</c> they are one label here.</summary>
/// <remarks>
/// Shape: <c>pkcs1v15+HASH</c>, <c>pss+HASH+salt_length=hash</c>, <c>ecdsa-CURVE+HASH</c>, <c>ed25519</c>.
/// Vault's default salt is the largest that fits, which it calls <c>auto</c>: a PSS label must say <c>salt_length=hash</c>, or <c>salt_length=auto</c> where a person asks for it.
/// </remarks>
internal static class VaultLabel
{
    /// <summary>The first parameter is one of Vault's.</summary>
    public static bool LooksLike(string label) => label.Split('+')[0] is "pkcs1v15" or "pss" or "ed25519" or "ecdsa-p256" or "ecdsa-p384" or "ecdsa-p521";

    /// <summary>RSA-PSS with <paramref name="digest"/> and the largest salt.</summary>
    public static string OfLargestSalt(DigestAlgorithm digest) => SignatureScheme.RsaPssWithLargestSalt(digest).Label;

    /// <summary>The label spelled <paramref name="label"/>, where it is one of RSA-PSS with the largest salt; null otherwise.</summary>
    public static AlgorithmLabel? WithLargestSalt(string label) => SignatureScheme.WithLargestSalt(label) is { } scheme
        ? new AlgorithmLabel(label, KeyService.Vault, scheme, EcdsaEncoding.Der)
        : null;

    /// <summary>The label spelled <paramref name="label"/>.</summary>
    public static AlgorithmLabel Parse(string label)
    {
        (SignatureScheme scheme, KeyKind? onlyKind) = Meaning(label);
        return new AlgorithmLabel(label, KeyService.Vault, scheme, EcdsaEncoding.Der) { OnlyKind = onlyKind };
    }

    private static (SignatureScheme Scheme, KeyKind? OnlyKind) Meaning(string label)
    {
        string[] parts = label.Split('+');
        if (parts is ["ed25519"])
        {
            return (SignatureScheme.Ed25519, null);
        }

        if (parts.Length < 2)
        {
            throw new MalformedException(Reasons.UnsupportedAlgorithm, $"algorithm label \"{label}\" names no hash, such as {label}+sha2-256");
        }

        DigestAlgorithm digest = Hash(parts[1], label);
        return parts[0] switch
        {
            "pkcs1v15" when parts.Length == 2 => (Rsa(digest, SchemeFamily.RsaPkcs1), null),
            "pss" => (Pss(parts, digest, label), null),
            "ecdsa-p256" when parts.Length == 2 => Of(digest, SignatureScheme.EcdsaSha256, KeyKind.P256),
            "ecdsa-p384" when parts.Length == 2 => Of(digest, SignatureScheme.EcdsaSha384, KeyKind.P384),
            "ecdsa-p521" when parts.Length == 2 => Of(digest, SignatureScheme.EcdsaSha512, KeyKind.P521),
            _ => throw new MalformedException(Reasons.UnsupportedAlgorithm, $"algorithm label \"{label}\""),
        };
    }

    private static DigestAlgorithm Hash(string name, string label) => name switch
    {
        "sha2-256" => DigestAlgorithm.Sha256,
        "sha2-384" => DigestAlgorithm.Sha384,
        "sha2-512" => DigestAlgorithm.Sha512,
        "none" => throw new MalformedException(AlgorithmReasons.NoHash, $"algorithm label \"{label}\""),
        _ => throw new MalformedException(AlgorithmReasons.HashNotAccepted, $"algorithm label \"{label}\""),
    };

    private static SignatureScheme Pss(string[] parts, DigestAlgorithm digest, string label) =>
        parts is [_, _, "salt_length=hash"]
            ? Rsa(digest, SchemeFamily.RsaPss)
            : throw new MalformedException(AlgorithmReasons.PssSalt, $"algorithm label \"{label}\", wanted pss+{parts[1]}+salt_length=hash; the largest salt, salt_length=auto, must be asked for in full");

    private static SignatureScheme Rsa(DigestAlgorithm digest, SchemeFamily family) =>
        SignatureScheme.All.Single(scheme => scheme.Family == family && scheme.Digest == digest);

    // Vault hashes with whatever it is told, SHA-256 by default, on every curve; the label names both.
    private static (SignatureScheme Scheme, KeyKind? OnlyKind) Of(DigestAlgorithm digest, SignatureScheme own, KeyKind kind) =>
        (own.Digest == digest ? own : SignatureScheme.EcdsaOnAnyCurve(digest), kind);

    /// <summary>The label for <paramref name="digest"/> on the curve of <paramref name="kind"/>; null for kinds that Vault does not have.</summary>
    public static string? For(KeyKind kind, DigestAlgorithm digest) => kind is KeyKind.P256 or KeyKind.P384 or KeyKind.P521
        ? $"ecdsa-{kind.ToString().ToLowerInvariant()}+{Name(digest)}"
        : null;

    /// <summary>RSA-PSS with <paramref name="digest"/> and a salt as long as that.</summary>
    public static string OfSaltLikeHash(DigestAlgorithm digest) => $"pss+{Name(digest)}+salt_length=hash";

    private static string Name(DigestAlgorithm digest) => $"sha2-{digest.Size() * 8}";
}
