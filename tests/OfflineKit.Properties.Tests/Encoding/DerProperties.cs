using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Properties.Tests.Encoding;

/// <summary>Our DER reader against the platform's: what the platform writes we read, and what we read the platform reads.</summary>
public sealed class DerProperties
{
    private static readonly Gen<byte[]> Leaf = Gen.OneOf(
        Texts.Bytes.Select(bytes => Written(writer => writer.WriteOctetString(bytes))), Gen.Long.Select(number => Written(writer => writer.WriteInteger(number))),
        Gen.Bool.Select(bit => Written(writer => writer.WriteBoolean(bit))), Oids.Select(oid => Written(writer => writer.WriteObjectIdentifier(oid))), Gen.Const(Written(writer => writer.WriteNull())));

    private static readonly Gen<byte[]> Elements = Gen.Recursive<byte[]>((depth, deeper) => depth > 3 ? Leaf : Gen.OneOf(Leaf, deeper.Array[0, 4].Select(Sequence)));

    private static Gen<string> Oids => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 39], Gen.UInt.Array[0, 8]).Select((root, second, rest) => string.Join('.', [root.ToString(CultureInfo.InvariantCulture), second.ToString(CultureInfo.InvariantCulture), .. rest.Select(arc => arc.ToString(CultureInfo.InvariantCulture))]));

    /// <summary>Catches: lengths of one and of several bytes that are read wrongly.</summary>
    [Fact]
    public void Elements_follow_each_other() => Property.Holds(Elements.Array[0, 5], elements =>
    {
        DerCursor cursor = new(elements.SelectMany(element => element).ToArray(), "DER");
        foreach (byte[] element in elements)
        {
            if (!cursor.Element().SequenceEqual(element))
            {
                return false;
            }
        }

        return cursor.AtEnd;
    });

    /// <summary>Catches: a second spelling of a length or an integer that is let pass, so that a certificate is signed in one form and read in another.</summary>
    [Fact]
    public void Whatever_is_read_the_platform_reads_alike() => Property.Holds(Changed(Elements), bytes => Texts.OrNull(() => (object)Walk(new DerCursor(bytes, "DER"))) is not int count || WalkOfPlatform(bytes) == count);

    /// <summary>Catches: a length, a number or a truth value in one of the spellings that BER allows and DER does not.</summary>
    [Fact]
    public void No_other_spelling_is_read() => Property.Holds(Gen.Byte.Array[1, 120], bytes =>
    {
        byte length = (byte)bytes.Length, number = (byte)(bytes[0] & 0x7F);
        byte[][] others =
        [
            [0x04, 0x81, length, .. bytes], [0x04, 0x82, 0, length, .. bytes], [0x24, 0x80, 0x04, length, .. bytes, 0, 0], [0x02, 2, 0, number], [0x02, 2, 0xFF, (byte)(number | 0x80)],
            [0x01, 1, (byte)((number % 0x7F) + 1)], [0x06, 3, 0x2A, 0x80, number], [0x05, 1, 0], [0x04, (byte)(length + 1), .. bytes],
        ];
        return others.All(other => Texts.OrNull(() => (object)Walk(new DerCursor(other, "DER"))) is null);
    });

    /// <summary>Catches: a number whose sign byte is kept, or whose zeros are dropped.</summary>
    [Fact]
    public void A_number_is_read_back() => Property.Holds(Gen.Byte.Array[1, 40], bytes =>
    {
        BigInteger number = new(bytes, isUnsigned: true, isBigEndian: true);
        DerCursor cursor = new(Written(writer => writer.WriteInteger(number)), "DER");
        return new BigInteger(cursor.UnsignedInteger(), isUnsigned: true, isBigEndian: true) == number && cursor.AtEnd;
    });

    /// <summary>Catches: an algorithm that is taken for another one.</summary>
    [Fact]
    public void An_object_identifier_is_read_back() => Property.Holds(Oids, oid => new DerCursor(Written(writer => writer.WriteObjectIdentifier(oid)), "DER").Oid() == oid);

    /// <summary>Catches: a century that is guessed wrongly.</summary>
    [Fact]
    public void A_time_is_read_back() => Property.Holds(Gen.Long[0, new DateTime(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerSecond], seconds =>
    {
        DateTimeOffset time = new(seconds * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        bool isShort = time.Year is >= 1950 and < 2050;
        return new DerCursor(Written(writer => writer.WriteGeneralizedTime(time, omitFractionalSeconds: true)), "DER").Time() == time
            && (!isShort || new DerCursor(Written(writer => writer.WriteUtcTime(time)), "DER").Time() == time);
    });

    /// <summary>Catches: an ECDSA signature with two spellings in DER.</summary>
    [Fact]
    public void An_ecdsa_signature_is_its_only_spelling() => Property.Holds(Changed(Gen.Byte.Array[64].Select(joined => EcdsaSignature.ToDer(joined))), der =>
        Texts.OrNull(() => EcdsaSignature.FromDer(der, EllipticCurve.P256)) is not { } joined || EcdsaSignature.ToDer(joined).AsSpan().SequenceEqual(der));

    /// <summary>Catches: r or s that are shifted when they are short.</summary>
    [Fact]
    public void An_ecdsa_signature_is_read_back() => Property.Holds(
        Gen.Select(Gen.Byte.Array[64], Gen.Int[0, 32], Gen.Int[0, 32]),
        (joined, first, second) =>
        {
            joined.AsSpan(0, first).Clear();
            joined.AsSpan(32, second).Clear();
            return EcdsaSignature.FromDer(EcdsaSignature.ToDer(joined), EllipticCurve.P256).AsSpan().SequenceEqual(joined);
        });

    // Elements in all.
    private static int Walk(DerCursor cursor)
    {
        int count = 0;
        while (!cursor.AtEnd)
        {
            count++;
            switch (cursor.NextTag)
            {
                case DerCursor.SequenceTag:
                    count += Walk(cursor.Sequence());
                    break;
                case DerCursor.IntegerTag:
                    _ = cursor.Integer();
                    break;
                case DerCursor.OidTag:
                    _ = cursor.Oid();
                    break;
                case DerCursor.Boolean:
                    _ = cursor.TrueOrFalse();
                    break;
                case DerCursor.NullTag:
                    cursor.Null();
                    break;
                case DerCursor.OctetStringTag:
                    _ = cursor.Content(DerCursor.OctetStringTag);
                    break;
                default:
                    throw cursor.Malformed("not generated here");
            }
        }

        return count;
    }

    private static int WalkOfPlatform(byte[] der) => WalkOfPlatform(new AsnReader(der, AsnEncodingRules.DER));

    private static int WalkOfPlatform(AsnReader reader)
    {
        int count = 0;
        while (reader.HasData)
        {
            count++;
            Asn1Tag tag = reader.PeekTag();
            count += tag == Asn1Tag.Sequence ? WalkOfPlatform(reader.ReadSequence()) : 0;
            _ = tag == Asn1Tag.Sequence ? 0 : tag == Asn1Tag.Integer ? reader.ReadIntegerBytes().Length : tag == Asn1Tag.ObjectIdentifier ? reader.ReadObjectIdentifier().Length
                : tag == Asn1Tag.Boolean ? (reader.ReadBoolean() ? 1 : 0) : tag == Asn1Tag.Null ? Null(reader) : reader.ReadOctetString().Length;
        }

        return count;
    }

    private static int Null(AsnReader reader)
    {
        reader.ReadNull();
        return 0;
    }

    private static Gen<byte[]> Changed(Gen<byte[]> der) => Texts.Changed(der.Select(System.Text.Encoding.Latin1.GetString), "\0\u0001\u0002\u0004\u0030\u007f\u0080\u0081\u0082\u00ff").Select(System.Text.Encoding.Latin1.GetBytes);

    private static byte[] Sequence(byte[][] elements) => Written(writer =>
    {
        using (writer.PushSequence())
        {
            Array.ForEach(elements, element => writer.WriteEncodedValue(element));
        }
    });

    private static byte[] Written(Action<AsnWriter> write)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
