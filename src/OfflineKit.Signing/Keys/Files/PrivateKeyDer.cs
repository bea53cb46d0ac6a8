using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>Reads private keys in strict DER: PKCS#8, SEC 1 and PKCS#1.</summary>
/// <remarks>
/// A public half inside the file must be the one that follows from the private half: signing with a foreign one would leak an Ed25519 key.
/// Source: RFC 5208, RFC 5958, RFC 5915, RFC 8017 A.1.2, RFC 8410 §7, RFC 9881 §6.
/// </remarks>
internal static class PrivateKeyDer
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1", EcPublicKey = "1.2.840.10045.2.1", Ed25519Oid = "1.3.101.112";

    public static PrivateHalf Pkcs8(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "private key");
        DerCursor info = outer.Sequence();
        outer.End();
        int version = info.SmallInteger();
        DerCursor algorithm = info.Sequence();
        string oid = algorithm.Oid();
        ReadOnlySpan<byte> key = info.Content(DerCursor.OctetStringTag);
        if (info.Next(DerCursor.Constructed(0)))
        {
            info.Element();
        }

        ReadOnlySpan<byte> statedPublic = info.Next(DerCursor.Primitive(1)) ? info.Content(DerCursor.Primitive(1)) : default;
        info.End();
        if (version is not (0 or 1))
        {
            throw new MalformedException($"private key: PKCS#8 version {version}, wanted 0 or 1");
        }

        return oid switch
        {
            RsaEncryption => Rsa(ref algorithm, key),
            EcPublicKey => Sec1(key, NamedCurve(ref algorithm)),
            Ed25519Oid => Ed25519(ref algorithm, key, statedPublic),
            _ when MlDsaParameterSet.ByOid(oid) is { } set => MlDsa(set, ref algorithm, key, statedPublic),
            _ => throw new MalformedException(Reasons.UnsupportedKey, $"private key algorithm {oid}"),
        };
    }

    public static PrivateHalf Pkcs1(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "RSA private key");
        DerCursor key = outer.Sequence();
        outer.End();
        if (key.SmallInteger() != 0)
        {
            throw new MalformedException("RSA private key: wanted two primes (version 0)");
        }

        for (int i = 0; i < 8; i++)
        {
            key.UnsignedInteger();
        }

        key.End();
        return Attempted("RSA private key", der, static bytes => new RsaPrivateHalf(bytes));
    }

    /// <summary>An ECPrivateKey; its curve stands around it (PKCS#8), in it, or in both and then alike.</summary>
    public static PrivateHalf Sec1(ReadOnlySpan<byte> der, EllipticCurve? outerCurve)
    {
        DerCursor outer = new(der, "EC private key");
        DerCursor key = outer.Sequence();
        outer.End();
        if (key.SmallInteger() != 1)
        {
            throw new MalformedException("EC private key: wanted version 1");
        }

        ReadOnlySpan<byte> secret = key.Content(DerCursor.OctetStringTag);
        EllipticCurve? innerCurve = null;
        if (key.Next(DerCursor.Constructed(0)))
        {
            DerCursor parameters = key.Inside(DerCursor.Constructed(0));
            innerCurve = NamedCurve(ref parameters);
        }

        ReadOnlySpan<byte> statedPoint = default;
        if (key.Next(DerCursor.Constructed(1)))
        {
            DerCursor point = key.Inside(DerCursor.Constructed(1));
            statedPoint = point.BitString();
            point.End();
        }

        key.End();
        EllipticCurve curve = outerCurve ?? innerCurve ?? throw new MalformedException("EC private key: no curve");
        if ((innerCurve is not null && innerCurve != curve) || secret.Length != curve.CoordinateSize)
        {
            throw new MalformedException($"EC private key: two curves, or a secret of {secret.Length} bytes, wanted {curve.CoordinateSize}");
        }

        PrivateHalf half = Attempted("EC private key", secret, bytes => new EcdsaPrivateHalf(curve, bytes));
        RefuseForeign(half, statedPoint.IsEmpty ? null : KeyMaterial.Elliptic(curve, statedPoint));
        return half;
    }

    private static PrivateHalf Rsa(ref DerCursor algorithm, ReadOnlySpan<byte> key)
    {
        algorithm.Null();
        algorithm.End();
        return Pkcs1(key);
    }

    private static Ed25519PrivateHalf Ed25519(ref DerCursor algorithm, ReadOnlySpan<byte> key, ReadOnlySpan<byte> statedPublic)
    {
        algorithm.End();
        DerCursor inner = new(key, "Ed25519 private key");
        ReadOnlySpan<byte> seed = inner.Content(DerCursor.OctetStringTag);
        inner.End();
        if (seed.Length != 32)
        {
            throw new MalformedException($"Ed25519 private key: {seed.Length} bytes, wanted 32");
        }

        Ed25519PrivateHalf half = new(seed);
        // The stated half is a BIT STRING under an implicit tag: one byte of unused bits, then the key.
        RefuseForeign(half, statedPublic.IsEmpty ? null : KeyMaterial.Ed25519(statedPublic[1..]));
        return half;
    }

    // The seed alone, or the seed and the key that follows from it. From the long form alone the seed cannot be had back, and nobody needs that form.
    private static MlDsaPrivateHalf MlDsa(MlDsaParameterSet set, ref DerCursor algorithm, ReadOnlySpan<byte> key, ReadOnlySpan<byte> statedPublic)
    {
        algorithm.End();
        DerCursor inner = new(key, $"{set.Name} private key");
        if (inner.Next(DerCursor.OctetStringTag))
        {
            throw new MalformedException(Reasons.UnsupportedKey, $"{set.Name} private key without its seed: export it with the seed");
        }

        bool isBoth = inner.Next(DerCursor.SequenceTag);
        DerCursor both = isBoth ? inner.Sequence() : default;
        ReadOnlySpan<byte> seed = isBoth ? both.Content(DerCursor.OctetStringTag) : inner.Content(DerCursor.Primitive(0));
        ReadOnlySpan<byte> expanded = isBoth ? both.Content(DerCursor.OctetStringTag) : default;
        inner.End();
        MlDsaPrivateHalf half = new(set, seed);
        bool isOne = !isBoth || half.IsExpandedTo(expanded);
        RefuseForeign(half, isOne ? statedPublic.IsEmpty ? null : KeyMaterial.MlDsa(set, statedPublic[1..]) : null);
        return isOne ? half : throw new MalformedException($"{set.Name} private key: the long form in the file does not follow from the seed");
    }

    private static EllipticCurve NamedCurve(ref DerCursor parameters)
    {
        if (!parameters.Next(DerCursor.OidTag))
        {
            throw new MalformedException(Reasons.UnsupportedKey, "elliptic-curve key without a named curve");
        }

        string oid = parameters.Oid();
        parameters.End();
        return EllipticCurve.ByOid(oid) ?? throw new MalformedException(Reasons.UnsupportedKey, $"elliptic curve {oid}");
    }

    private static void RefuseForeign(PrivateHalf half, KeyMaterial? stated)
    {
        if (stated is not null && !stated.Equals(half.Public))
        {
            half.Dispose();
            throw new MalformedException("private key: the public half in the file belongs to another key");
        }
    }

    private delegate PrivateHalf Import(ReadOnlySpan<byte> bytes);

    // The BCL says with this exception that numbers in range do not make a key.
    private static PrivateHalf Attempted(string what, ReadOnlySpan<byte> bytes, Import import)
    {
        try
        {
            return import(bytes);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new MalformedException($"{what}: its numbers do not make a key");
        }
    }
}
