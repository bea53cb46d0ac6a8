using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>Reads the AlgorithmIdentifier of a signature and verifies signatures made under it.</summary>
/// <remarks>Source: RFC 5280 §4.1.1.2, RFC 4055 §5 and §3.1, RFC 5758 §3.2, RFC 8410 §3, RFC 5652 §10.1.2.</remarks>
internal static class SignatureAlgorithm
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1", RsaPss = "1.2.840.113549.1.1.10";

    private static readonly SignatureScheme EcdsaSha256 = SignatureScheme.EcdsaOnAnyCurve(DigestAlgorithm.Sha256);
    private static readonly SignatureScheme EcdsaSha384 = SignatureScheme.EcdsaOnAnyCurve(DigestAlgorithm.Sha384);
    private static readonly SignatureScheme EcdsaSha512 = SignatureScheme.EcdsaOnAnyCurve(DigestAlgorithm.Sha512);

    /// <summary>The scheme that the AlgorithmIdentifier <paramref name="der"/> names.</summary>
    /// <exception cref="MalformedException">It is none that we accept, or its parameters are not the ones of its standard.</exception>
    public static SignatureScheme Parse(ReadOnlySpan<byte> der) => ParseAny(der, digest: null);

    /// <summary>The same in CMS, where plain rsaEncryption means PKCS #1 with <paramref name="digest"/>, which the scheme must use in any case.</summary>
    public static SignatureScheme ParseInCms(ReadOnlySpan<byte> der, DigestAlgorithm digest)
    {
        SignatureScheme scheme = ParseAny(der, digest);
        DigestAlgorithm used = scheme.Digest ?? DigestAlgorithm.Sha512;
        return used == digest
            ? scheme
            : throw new MalformedException(Reasons.UnsupportedAlgorithm, $"signature algorithm {scheme.Label} beside digest algorithm {digest.Name()}");
    }

    /// <summary>The digest algorithm that the AlgorithmIdentifier <paramref name="identifier"/> names, or null when we accept none of that name.</summary>
    public static DigestAlgorithm? Digest(DerCursor identifier, out string oid)
    {
        oid = identifier.Oid();
        NullOrAbsent(ref identifier);
        return oid switch
        {
            "2.16.840.1.101.3.4.2.1" => DigestAlgorithm.Sha256,
            "2.16.840.1.101.3.4.2.2" => DigestAlgorithm.Sha384,
            "2.16.840.1.101.3.4.2.3" => DigestAlgorithm.Sha512,
            _ => null,
        };
    }

    /// <summary><paramref name="signature"/> in the form of X.509 and CMS (ECDSA in DER) is by <paramref name="key"/> over <paramref name="message"/>.</summary>
    /// <exception cref="MalformedException">An ECDSA signature is not DER.</exception>
    public static bool Verifies(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        key.Verifies(message, EcdsaSignature.Plain(key.Material, signature, EcdsaEncoding.Der));

    private static SignatureScheme ParseAny(ReadOnlySpan<byte> der, DigestAlgorithm? digest)
    {
        DerCursor outer = new(der, "signature algorithm");
        DerCursor identifier = outer.Sequence();
        outer.End();
        string oid = identifier.Oid();
        SignatureScheme? scheme = oid switch
        {
            "1.2.840.113549.1.1.11" => SignatureScheme.RsaPkcs1Sha256,
            "1.2.840.113549.1.1.12" => SignatureScheme.RsaPkcs1Sha384,
            "1.2.840.113549.1.1.13" => SignatureScheme.RsaPkcs1Sha512,
            RsaPss => PssParameters.Parse(ref identifier) is [SignatureScheme only] ? only : null,
            RsaEncryption when digest is { } known => Pkcs1(known),
            "1.2.840.10045.4.3.2" => EcdsaSha256,
            "1.2.840.10045.4.3.3" => EcdsaSha384,
            "1.2.840.10045.4.3.4" => EcdsaSha512,
            "1.3.101.112" => SignatureScheme.Ed25519,
            _ => null,
        };
        if (scheme is null)
        {
            throw new MalformedException(Reasons.UnsupportedAlgorithm, $"signature algorithm {oid}");
        }

        if (scheme.Family == SchemeFamily.RsaPkcs1)
        {
            NullOrAbsent(ref identifier);
        }

        identifier.End();
        return scheme;
    }

    private static SignatureScheme Pkcs1(DigestAlgorithm digest) => digest switch
    {
        DigestAlgorithm.Sha256 => SignatureScheme.RsaPkcs1Sha256,
        DigestAlgorithm.Sha384 => SignatureScheme.RsaPkcs1Sha384,
        _ => SignatureScheme.RsaPkcs1Sha512,
    };

    // RFC 4055 §5: NULL must be written, and its absence must be accepted.
    private static void NullOrAbsent(ref DerCursor identifier)
    {
        if (!identifier.AtEnd)
        {
            identifier.Null();
        }

        identifier.End();
    }
}
