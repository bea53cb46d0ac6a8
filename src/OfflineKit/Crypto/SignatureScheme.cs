using System.Collections.Immutable;

namespace OfflineKit.Crypto;

/// <summary>A signature algorithm with nothing left open: primitive, hash, padding and salt.</summary>
/// <remarks>Labels are those of AWS KMS. The family is closed: no scheme can be made outside this class.</remarks>
internal sealed class SignatureScheme
{
    private SignatureScheme(string label, SchemeFamily family, DigestAlgorithm? digest, params ImmutableArray<KeyKind> keys) =>
        (Label, Family, Digest, Keys) = (label, family, digest, keys);

    public static SignatureScheme RsaPkcs1Sha256 { get; } = new("RSASSA_PKCS1_V1_5_SHA_256", SchemeFamily.RsaPkcs1, DigestAlgorithm.Sha256, KeyKind.Rsa);

    public static SignatureScheme RsaPkcs1Sha384 { get; } = new("RSASSA_PKCS1_V1_5_SHA_384", SchemeFamily.RsaPkcs1, DigestAlgorithm.Sha384, KeyKind.Rsa);

    public static SignatureScheme RsaPkcs1Sha512 { get; } = new("RSASSA_PKCS1_V1_5_SHA_512", SchemeFamily.RsaPkcs1, DigestAlgorithm.Sha512, KeyKind.Rsa);

    public static SignatureScheme RsaPssSha256 { get; } = new("RSASSA_PSS_SHA_256", SchemeFamily.RsaPss, DigestAlgorithm.Sha256, KeyKind.Rsa);

    public static SignatureScheme RsaPssSha384 { get; } = new("RSASSA_PSS_SHA_384", SchemeFamily.RsaPss, DigestAlgorithm.Sha384, KeyKind.Rsa);

    public static SignatureScheme RsaPssSha512 { get; } = new("RSASSA_PSS_SHA_512", SchemeFamily.RsaPss, DigestAlgorithm.Sha512, KeyKind.Rsa);

    public static SignatureScheme EcdsaSha256 { get; } = new("ECDSA_SHA_256", SchemeFamily.Ecdsa, DigestAlgorithm.Sha256, KeyKind.P256, KeyKind.Secp256k1);

    public static SignatureScheme EcdsaSha384 { get; } = new("ECDSA_SHA_384", SchemeFamily.Ecdsa, DigestAlgorithm.Sha384, KeyKind.P384);

    public static SignatureScheme EcdsaSha512 { get; } = new("ECDSA_SHA_512", SchemeFamily.Ecdsa, DigestAlgorithm.Sha512, KeyKind.P521);

    /// <summary>Pure Ed25519 over the message (RFC 8032, libsodium's strict rule).</summary>
    public static SignatureScheme Ed25519 { get; } = new("ED25519_SHA_512", SchemeFamily.Ed25519, digest: null, KeyKind.Ed25519);

    /// <summary>Pure ML-DSA over the message with an empty context (FIPS 204 §5.2); the key says which parameter set.</summary>
    public static SignatureScheme MlDsa { get; } = new("ML_DSA_SHAKE_256", SchemeFamily.MlDsa, digest: null, KeyKind.MlDsa44, KeyKind.MlDsa65, KeyKind.MlDsa87);

    /// <summary>Every scheme, in the order of the label table.</summary>
    public static ImmutableArray<SignatureScheme> All { get; } =
    [
        RsaPkcs1Sha256, RsaPkcs1Sha384, RsaPkcs1Sha512, RsaPssSha256, RsaPssSha384, RsaPssSha512,
        EcdsaSha256, EcdsaSha384, EcdsaSha512, Ed25519, MlDsa,
    ];

    /// <summary>The canonical label, such as <c>ECDSA_SHA_256</c>.</summary>
    public string Label { get; }

    /// <summary>The hash that the message goes through once; null for pure Ed25519 and ML-DSA, which take the message itself.</summary>
    public DigestAlgorithm? Digest { get; }

    /// <summary>The kinds of keys that may carry this scheme.</summary>
    public ImmutableArray<KeyKind> Keys { get; }

    /// <summary>RSA with probabilistic padding: the salt's length is part of the scheme.</summary>
    public bool IsRsaPss => Family == SchemeFamily.RsaPss;

    /// <summary>The salt is as long as the modulus permits; otherwise it is as long as the hash.</summary>
    public bool HasLargestSalt { get; private init; }

    internal SchemeFamily Family { get; }

    private static ImmutableArray<SignatureScheme> OnAnyCurve { get; } =
    [
        new("ECDSA_SHA_256", SchemeFamily.Ecdsa, DigestAlgorithm.Sha256, KeyKind.P256, KeyKind.P384, KeyKind.P521),
        new("ECDSA_SHA_384", SchemeFamily.Ecdsa, DigestAlgorithm.Sha384, KeyKind.P256, KeyKind.P384, KeyKind.P521),
        new("ECDSA_SHA_512", SchemeFamily.Ecdsa, DigestAlgorithm.Sha512, KeyKind.P256, KeyKind.P384, KeyKind.P521),
    ];

    /// <summary>ECDSA with <paramref name="digest"/> on whatever curve: only where a label or a profile asks for it (Vault, X.509 chains, logs, old Sigstore clients).</summary>
    public static SignatureScheme EcdsaOnAnyCurve(DigestAlgorithm digest) => OnAnyCurve.First(scheme => scheme.Digest == digest);

    /// <summary>RSA-PSS with <paramref name="digest"/> and the longest salt that the modulus leaves room for: only where whoever asks names it.</summary>
    public static SignatureScheme RsaPssWithLargestSalt(DigestAlgorithm digest) => LargestSalt.Schemes.First(scheme => scheme.Digest == digest);

    /// <summary>The scheme of RSA-PSS with the largest salt that <paramref name="label"/> asks for, or null.</summary>
    public static SignatureScheme? WithLargestSalt(string label) => LargestSalt.Schemes.FirstOrDefault(scheme => string.Equals(scheme.Label, label, StringComparison.Ordinal));

    /// <summary>The scheme with the canonical <paramref name="label"/>, or null.</summary>
    public static SignatureScheme? ByLabel(string label)
    {
        foreach (SignatureScheme scheme in All)
        {
            if (string.Equals(scheme.Label, label, StringComparison.Ordinal))
            {
                return scheme;
            }
        }

        return null;
    }

    /// <summary>The label.</summary>
    public override string ToString() => Label;

    // Apart, so that a program that never asks for them does not make them. The label is Vault's: AWS has none.
    private static class LargestSalt
    {
        public static ImmutableArray<SignatureScheme> Schemes { get; } = [Of(DigestAlgorithm.Sha256), Of(DigestAlgorithm.Sha384), Of(DigestAlgorithm.Sha512)];

        private static SignatureScheme Of(DigestAlgorithm digest) => new($"pss+sha2-{digest.Size() * 8}+salt_length=auto", SchemeFamily.RsaPss, digest, KeyKind.Rsa) { HasLargestSalt = true };
    }
}

/// <summary>The primitive behind a scheme.</summary>
internal enum SchemeFamily
{
    RsaPkcs1,
    RsaPss,
    Ecdsa,
    Ed25519,
    MlDsa,
}
