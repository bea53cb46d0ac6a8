using System.Runtime.InteropServices;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>Reads the public half of a private key from wherever a token shows it. Who signs compares it with the pinned key, so no place is trusted more than another.</summary>
internal static class TokenPublicKey
{
    /// <summary>The public half of <paramref name="privateKey"/>.</summary>
    /// <exception cref="SigningException"><c>token.no-public-key</c>, <c>token.malformed-answer</c>, <c>token.wrong-usage</c>, or the reason of a weak key.</exception>
    public static KeyMaterial Of(TokenSession session, CULong privateKey, string name)
    {
        // 1 The private object itself: RSA shows modulus and exponent, newer modules the whole SPKI.
        // 2 The public object of the same id, or else of the same label. 3 A certificate of the same id.
        Result<KeyMaterial> read = Result.Parse(TokenReasons.MalformedAnswer, () =>
            Shown(session, privateKey) ?? Paired(session, privateKey)
            ?? throw TokenReasons.NoPublicKey.Refusal($"{name}: neither a public key nor a certificate under the id or label of the private key"));
        return read.Value ?? throw new SigningException(read.Finding!.Reason.Because($"{name}: {read.Finding.Detail}"));
    }

    private static KeyMaterial? Paired(TokenSession session, CULong privateKey)
    {
        byte[] id = session.Attribute(privateKey, Ck.Id) ?? [], label = session.Attribute(privateKey, Ck.LabelAttribute) ?? [];
        if (id.Length == 0 && label.Length == 0)
        {
            return null;
        }

        byte[] byLabel = id.Length == 0 ? label : [];
        foreach (CULong candidate in session.Find(Ck.PublicKeyObject, id, byLabel))
        {
            if (Shown(session, candidate) is { } key)
            {
                return key;
            }
        }

        foreach (CULong candidate in session.Find(Ck.CertificateObject, id, byLabel))
        {
            if (session.Attribute(candidate, Ck.Value) is { Length: > 0 } der)
            {
                return SubjectPublicKeyInfo.Parse(Certificate.Parse(der).SubjectPublicKeyInfo.Span);
            }
        }

        return null;
    }

    private static KeyMaterial? Shown(TokenSession session, CULong key) => session.NumberAttribute(key, Ck.KeyType) switch
    {
        Ck.RsaKey => Rsa(session, key),
        Ck.EcKey => Elliptic(session, key),
        Ck.EdwardsKey => Edwards(session, key),
        { } other => throw TokenReasons.WrongUsage.Refusal($"a key of CKK type {other}, wanted RSA, EC or Edwards"),
        null => throw new MalformedException("the key says no CKA_KEY_TYPE"),
    } ?? Whole(session, key);

    private static KeyMaterial? Whole(TokenSession session, CULong key) =>
        session.Attribute(key, Ck.PublicKeyInfo) is { Length: > 0 } spki ? SubjectPublicKeyInfo.Parse(spki) : null;

    private static KeyMaterial? Rsa(TokenSession session, CULong key)
    {
        byte[]? modulus = session.Attribute(key, Ck.Modulus), exponent = session.Attribute(key, Ck.PublicExponent);
        return modulus is { Length: > 0 } && exponent is { Length: > 0 }
            ? KeyMaterial.RsaKey(modulus.AsSpan().TrimStart((byte)0), exponent.AsSpan().TrimStart((byte)0))
            : null;
    }

    private static KeyMaterial? Elliptic(TokenSession session, CULong key)
    {
        byte[]? parameters = session.Attribute(key, Ck.EcParameters), point = session.Attribute(key, Ck.EcPoint);
        return parameters is { Length: > 0 } && point is { Length: > 0 } ? Elliptic(parameters, point) : null;
    }

    /// <summary>The key of CKA_EC_PARAMS (a named curve) and CKA_EC_POINT: an OCTET STRING around the point, or the bare point, as older modules have it.</summary>
    internal static KeyMaterial Elliptic(ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> point)
    {
        DerCursor cursor = new(parameters, "CKA_EC_PARAMS");
        string oid = cursor.Oid();
        cursor.End();
        EllipticCurve curve = EllipticCurve.ByOid(oid) ?? throw new MalformedException(Reasons.UnsupportedKey, $"curve {oid}");
        bool isBare = point.Length == 1 + curve.CoordinateSize || point.Length == 1 + (2 * curve.CoordinateSize);
        return KeyMaterial.Elliptic(curve, isBare ? point : Wrapped(point, DerCursor.OctetStringTag));
    }

    private static KeyMaterial? Edwards(TokenSession session, CULong key)
    {
        byte[]? parameters = session.Attribute(key, Ck.EcParameters), point = session.Attribute(key, Ck.EcPoint);
        return point is { Length: > 0 } ? Edwards(parameters, point) : null;
    }

    /// <summary>The Ed25519 key of an Edwards object: the curve by any of its three names, the point bare, or in an OCTET STRING or BIT STRING.</summary>
    internal static KeyMaterial Edwards(ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> point)
    {
        // SoftHSM: PrintableString; PKCS#11 v3.0: OID of RFC 8410 or of GNU.
        bool isEd25519 = parameters.SequenceEqual("\u0013\u000cedwards25519"u8)
            || parameters.SequenceEqual((ReadOnlySpan<byte>)[0x06, 0x03, 0x2B, 0x65, 0x70])
            || parameters.SequenceEqual((ReadOnlySpan<byte>)[0x06, 0x09, 0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x0F, 0x01]);
        if (!isEd25519)
        {
            throw new MalformedException(Reasons.UnsupportedKey, $"an Edwards curve with CKA_EC_PARAMS {StrictHex.Encode(parameters)}, wanted edwards25519");
        }

        return KeyMaterial.Ed25519(point.Length == 32 ? point : point[0] == DerCursor.BitStringTag ? new DerCursor(point, "CKA_EC_POINT").BitString() : Wrapped(point, DerCursor.OctetStringTag));
    }

    private static ReadOnlySpan<byte> Wrapped(ReadOnlySpan<byte> der, byte tag)
    {
        DerCursor cursor = new(der, "CKA_EC_POINT");
        ReadOnlySpan<byte> content = cursor.Content(tag);
        cursor.End();
        return content;
    }
}
