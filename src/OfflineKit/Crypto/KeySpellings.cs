using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace OfflineKit.Crypto;

/// <summary>Every way in which a SubjectPublicKeyInfo writes one key.</summary>
/// <remarks>
/// A revocation names the hash of one of them, and the key may come in another. For RSA these are rsaEncryption with and without its NULL (RFC 3279 §2.3.1) and id-RSASSA-PSS without parameters and with
/// those of each hash (RFC 4055 §1.2, §3.1); for a curve the forms of its point (SEC 1 §2.3.3). Ed25519 (RFC 8410 §3) and ML-DSA (RFC 9881 §4) have one.
/// </remarks>
internal static class KeySpellings
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1", RsaPss = "1.2.840.113549.1.1.10", EcPublicKey = "1.2.840.10045.2.1", Mgf1 = "1.2.840.113549.1.1.8";
    private const int DefaultSalt = 20;

    private static readonly byte[] Null = [0x05, 0x00];
    private static readonly ImmutableArray<(string Oid, int Size)> Hashes =
        [("2.16.840.1.101.3.4.2.1", 32), ("2.16.840.1.101.3.4.2.2", 48), ("2.16.840.1.101.3.4.2.3", 64)];

    /// <summary>The spellings of <paramref name="key"/>; the canonical one comes first.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(KeyMaterial key)
    {
        yield return key.Spki;
        foreach (byte[] other in key.Kind == KeyKind.Rsa ? OfRsa(key.Rsa) : key.Curve is { } curve ? OfPoint(curve, key.Point) : [])
        {
            yield return other;
        }
    }

    private static IEnumerable<byte[]> OfPoint(EllipticCurve curve, ECPoint point)
    {
        byte[] x = point.X!, y = point.Y!;
        int sign = y[^1] & 1;
        byte[] named = Encoded(writer => writer.WriteObjectIdentifier(curve.Oid));
        yield return Spki(EcPublicKey, named, [(byte)(0x02 | sign), .. x]);
        yield return Spki(EcPublicKey, named, [(byte)(0x06 | sign), .. x, .. y]);
    }

    private static IEnumerable<byte[]> OfRsa(RSAParameters rsa)
    {
        byte[] key = Encoded(writer =>
        {
            using (writer.PushSequence())
            {
                writer.WriteIntegerUnsigned(rsa.Modulus);
                writer.WriteIntegerUnsigned(rsa.Exponent);
            }
        });
        return [Spki(RsaEncryption, [], key), Spki(RsaPss, [], key), Spki(RsaPss, [0x30, 0x00], key), .. PssParameters().Select(parameters => Spki(RsaPss, parameters, key))];
    }

    // RSASSA-PSS-params: hash and mask with the same function, each with or without NULL, and the salt as long as the hash or by default.
    private static IEnumerable<byte[]> PssParameters() =>
        from hash in Hashes
        from hashEnd in (byte[][])[[], Null]
        from maskEnd in (byte[][])[[], Null]
        from salt in (int[])[hash.Size, DefaultSalt]
        select Encoded(writer => WritePssParameters(writer, Algorithm(hash.Oid, hashEnd), Algorithm(Mgf1, Algorithm(hash.Oid, maskEnd)), salt));

    private static void WritePssParameters(AsnWriter writer, byte[] hash, byte[] mask, int salt)
    {
        using (writer.PushSequence())
        {
            Tagged(writer, 0, hash);
            Tagged(writer, 1, mask);
            if (salt != DefaultSalt)
            {
                Tagged(writer, 2, Encoded(number => number.WriteInteger(salt)));
            }
        }
    }

    private static void Tagged(AsnWriter writer, int tag, byte[] content)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, tag)))
        {
            writer.WriteEncodedValue(content);
        }
    }

    private static byte[] Algorithm(string oid, byte[] parameters) => Encoded(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (parameters.Length > 0)
            {
                writer.WriteEncodedValue(parameters);
            }
        }
    });

    private static byte[] Spki(string oid, byte[] parameters, byte[] key) => Encoded(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(Algorithm(oid, parameters));
            writer.WriteBitString(key);
        }
    });

    private static byte[] Encoded(Action<AsnWriter> write)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
