using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>Reads and writes SubjectPublicKeyInfo: strict DER, named curves only, parameters exactly as their algorithm asks.</summary>
/// <remarks>Source: RFC 5280 §4.1.2.7, RFC 3279 §2.3, RFC 5480, RFC 8410, RFC 4055 §1.2, RFC 9881 §4.</remarks>
internal static class SubjectPublicKeyInfo
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1", RsaPss = "1.2.840.113549.1.1.10", EcPublicKey = "1.2.840.10045.2.1", Ed25519Oid = "1.3.101.112";

    /// <summary>The key in <paramref name="der"/>, all bytes consumed.</summary>
    public static KeyMaterial Parse(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "public key");
        DerCursor spki = outer.Sequence();
        outer.End();
        DerCursor algorithm = spki.Sequence();
        string oid = algorithm.Oid();
        ReadOnlySpan<byte> key = spki.BitString();
        spki.End();
        return oid switch
        {
            RsaEncryption => RsaWithNull(ref algorithm, key),
            RsaPss => ParseRsa(key, PssParameters.Parse(ref algorithm)),
            EcPublicKey => Elliptic(ref algorithm, key),
            Ed25519Oid => Ed25519(ref algorithm, key),
            _ when MlDsaParameterSet.ByOid(oid) is { } set => MlDsa(set, ref algorithm, key),
            _ => throw new MalformedException(Reasons.UnsupportedKey, $"public key algorithm {oid}"),
        };
    }

    /// <summary>An RSAPublicKey of PKCS#1 (RFC 8017 A.1.1), all bytes consumed.</summary>
    public static KeyMaterial ParsePkcs1(ReadOnlySpan<byte> der) => ParseRsa(der);

    internal static byte[] OfEd25519(ReadOnlySpan<byte> key) => Write(Ed25519Oid, parameters: null, key);

    internal static byte[] OfMlDsa(MlDsaParameterSet set, ReadOnlySpan<byte> key) => Write(set.Oid, parameters: null, key);

    internal static byte[] OfPoint(EllipticCurve curve, ECPoint point)
    {
        AsnWriter parameters = new(AsnEncodingRules.DER);
        parameters.WriteObjectIdentifier(curve.Oid);
        return Write(EcPublicKey, parameters.Encode(), [0x04, .. point.X!, .. point.Y!]);
    }

    internal static byte[] OfRsa(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        AsnWriter key = new(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteIntegerUnsigned(modulus);
            key.WriteIntegerUnsigned(exponent);
        }

        return Write(RsaEncryption, [0x05, 0x00], key.Encode());
    }

    private static KeyMaterial RsaWithNull(ref DerCursor algorithm, ReadOnlySpan<byte> key)
    {
        algorithm.Null();
        algorithm.End();
        return ParseRsa(key);
    }

    private static KeyMaterial ParseRsa(ReadOnlySpan<byte> der, params ImmutableArray<SignatureScheme> onlySchemes)
    {
        DerCursor outer = new(der, "RSA public key");
        DerCursor key = outer.Sequence();
        outer.End();
        ReadOnlySpan<byte> modulus = key.UnsignedInteger(), exponent = key.UnsignedInteger();
        key.End();
        return KeyMaterial.RsaKey(modulus, exponent, onlySchemes);
    }

    private static KeyMaterial Elliptic(ref DerCursor algorithm, ReadOnlySpan<byte> key)
    {
        if (!algorithm.Next(DerCursor.OidTag))
        {
            // CVE-2020-0601: explicit parameters let anybody choose a generator that fits a known public point.
            throw new MalformedException(Reasons.UnsupportedKey, "elliptic-curve key without a named curve");
        }

        string curve = algorithm.Oid();
        algorithm.End();
        return KeyMaterial.Elliptic(
            EllipticCurve.ByOid(curve) ?? throw new MalformedException(Reasons.UnsupportedKey, $"elliptic curve {curve}"), key);
    }

    private static KeyMaterial Ed25519(ref DerCursor algorithm, ReadOnlySpan<byte> key)
    {
        algorithm.End();
        return KeyMaterial.Ed25519(key);
    }

    private static KeyMaterial MlDsa(MlDsaParameterSet set, ref DerCursor algorithm, ReadOnlySpan<byte> key)
    {
        algorithm.End();
        return KeyMaterial.MlDsa(set, key);
    }

    private static byte[] Write(string algorithm, byte[]? parameters, ReadOnlySpan<byte> key)
    {
        AsnWriter spki = new(AsnEncodingRules.DER);
        using (spki.PushSequence())
        {
            using (spki.PushSequence())
            {
                spki.WriteObjectIdentifier(algorithm);
                if (parameters is not null)
                {
                    spki.WriteEncodedValue(parameters);
                }
            }

            spki.WriteBitString(key);
        }

        return spki.Encode();
    }
}
