using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Transparency;

namespace OfflineKit.Trust;

/// <summary>A log of a trusted root: its id, and its key under the one scheme that the root names.</summary>
/// <remarks>The names of keys and hashes are those of Sigstore's protobufs, in the order of their numbers. Source: docs/spec/trusted-root.md §1.</remarks>
internal static class TrustedRootLog
{
    private const int IdSize = 32;
    private const string Unspecified = "PUBLIC_KEY_DETAILS_UNSPECIFIED", RawRsa = "PKCS1_RSA_PKCS1V5", RawRsaPss = "PKCS1_RSA_PSS";

    private static readonly ImmutableArray<string> Hashes = ["HASH_ALGORITHM_UNSPECIFIED", "SHA2_256", "SHA2_384", "SHA2_512", "SHA3_256", "SHA3_384"];

    // A scheme that is null is known and not supported: such a log is left out.
    private static readonly ImmutableArray<(string Name, SignatureScheme? Scheme)> KeyDetails =
    [
        (Unspecified, null),
        (RawRsa, SignatureScheme.RsaPkcs1Sha256),
        (RawRsaPss, SignatureScheme.RsaPssSha256),
        ("PKIX_RSA_PKCS1V5", SignatureScheme.RsaPkcs1Sha256),
        ("PKIX_RSA_PSS", SignatureScheme.RsaPssSha256),
        ("PKIX_ECDSA_P256_SHA_256", SignatureScheme.EcdsaSha256),
        ("PKIX_ECDSA_P256_HMAC_SHA_256", SignatureScheme.EcdsaSha256),
        ("PKIX_ED25519", SignatureScheme.Ed25519),
        ("PKIX_ED25519_PH", null),
        ("PKIX_RSA_PKCS1V15_2048_SHA256", SignatureScheme.RsaPkcs1Sha256),
        ("PKIX_RSA_PKCS1V15_3072_SHA256", SignatureScheme.RsaPkcs1Sha256),
        ("PKIX_RSA_PKCS1V15_4096_SHA256", SignatureScheme.RsaPkcs1Sha256),
        ("PKIX_ECDSA_P384_SHA_384", SignatureScheme.EcdsaSha384),
        ("PKIX_ECDSA_P521_SHA_512", SignatureScheme.EcdsaSha512),
        ("LMS_SHA256", null),
        ("LMOTS_SHA256", null),
        ("PKIX_RSA_PSS_2048_SHA256", SignatureScheme.RsaPssSha256),
        ("PKIX_RSA_PSS_3072_SHA256", SignatureScheme.RsaPssSha256),
        ("PKIX_RSA_PSS_4096_SHA256", SignatureScheme.RsaPssSha256),
        ("PKIX_ECDSA_P384_SHA_256", SignatureScheme.EcdsaOnAnyCurve(DigestAlgorithm.Sha256)),
        ("PKIX_ECDSA_P521_SHA_256", SignatureScheme.EcdsaOnAnyCurve(DigestAlgorithm.Sha256)),
        ("ML_DSA_65", null),
        ("ML_DSA_87", null),
    ];

    /// <summary>The log in <paramref name="json"/>, trusted in <paramref name="window"/>.</summary>
    /// <exception cref="MalformedException">It hashes by another function, has a key of another kind, or an id of another length.</exception>
    public static TransparencyLog Read(JsonValue json, Validity window, string root)
    {
        string hash = json.FieldEnumeration("hashAlgorithm", Hashes);
        if (hash != "SHA2_256")
        {
            throw new MalformedException($"{json.Path}.hashAlgorithm: \"{hash}\", wanted SHA2_256");
        }

        byte[] id = json.FieldObject("logId").FieldBytes("keyId");
        return id.Length == IdSize
            ? new TransparencyLog(json.FieldText("baseUrl"), Key(json.FieldObject("publicKey")), id, window, root)
            : throw new MalformedException($"{json.Path}.logId: {id.Length} bytes, wanted {IdSize}");
    }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo in <paramref name="json"/>, as far as one can be read there.</summary>
    public static IEnumerable<string> Fingerprints(JsonValue json) =>
        ((ReadOnlySpan<Func<byte[], KeyMaterial>>)[static raw => SubjectPublicKeyInfo.Parse(raw), static raw => SubjectPublicKeyInfo.ParsePkcs1(raw)]).ToArray()
            .Select(parse => Result.Parse(Reasons.MalformedKey, () => parse(json.FieldObject("publicKey").FieldBytes("rawBytes"))).Value)
            .OfType<KeyMaterial>().Select(key => key.Fingerprint);

    private static PublicKey Key(JsonValue json)
    {
        string details = json.FieldEnumeration("keyDetails", [.. KeyDetails.Select(known => known.Name)]);
        SignatureScheme scheme = KeyDetails.FirstOrDefault(known => known.Name == details).Scheme
            ?? throw new MalformedException(Reasons.UnsupportedKey, $"{json.Path}.keyDetails: \"{details}\" is not supported");
        byte[] raw = json.FieldBytes("rawBytes");
        return PublicKey.Bind(details is RawRsa or RawRsaPss ? SubjectPublicKeyInfo.ParsePkcs1(raw) : SubjectPublicKeyInfo.Parse(raw), scheme);
    }
}
