using System.Collections.Immutable;
using System.Formats.Asn1;
using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>Brings an ECDSA signature into the one form that <see cref="PublicKey"/> takes: r‖s, each as wide as a coordinate; and from it into DER.</summary>
internal static class EcdsaSignature
{
    /// <summary>The signature <paramref name="value"/> in the form that <see cref="PublicKey"/> takes of <paramref name="key"/>: ECDSA is read in <paramref name="encoding"/>, every other kind has one form only.</summary>
    /// <exception cref="MalformedException">An ECDSA value is not in that encoding.</exception>
    public static byte[] Plain(KeyMaterial key, ReadOnlySpan<byte> value, EcdsaEncoding encoding) =>
        key.Curve is not { } curve ? value.ToArray() : encoding == EcdsaEncoding.Der ? FromDer(value, curve) : FromFixedWidth(value, curve);

    /// <summary>r‖s of an ECDSA-Sig-Value (RFC 3279 §2.2.3) in strict DER.</summary>
    public static byte[] FromDer(ReadOnlySpan<byte> der, EllipticCurve curve)
    {
        DerCursor outer = new(der, "ECDSA signature");
        DerCursor pair = outer.Sequence();
        outer.End();
        ReadOnlySpan<byte> r = pair.UnsignedInteger(), s = pair.UnsignedInteger();
        pair.End();
        return FromNumbers(r, s, curve) ?? throw new MalformedException($"ECDSA signature: r or s is wider than {curve.CoordinateSize} bytes");
    }

    /// <summary>r‖s of two unsigned numbers, most significant byte first; null when one of them is wider than a coordinate.</summary>
    public static byte[]? FromNumbers(ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, EllipticCurve curve)
    {
        int width = curve.CoordinateSize;
        if (r.Length > width || s.Length > width)
        {
            return null;
        }

        byte[] joined = new byte[2 * width];
        r.CopyTo(joined.AsSpan(width - r.Length));
        s.CopyTo(joined.AsSpan((2 * width) - s.Length));
        return joined;
    }

    /// <summary>What <paramref name="value"/> says in each encoding that it is in, DER first, where nothing declares the encoding: none, one, or by chance two.</summary>
    public static ImmutableArray<byte[]> Readings(ReadOnlyMemory<byte> value, EllipticCurve curve)
    {
        byte[]? der = Result.Parse(Reasons.MalformedSignature, () => FromDer(value.Span, curve)).Value, joined = value.Length == 2 * curve.CoordinateSize ? value.ToArray() : null;
        return [.. new[] { der, joined }.OfType<byte[]>()];
    }

    /// <summary>The ECDSA-Sig-Value in strict DER of <paramref name="joined"/>, which is r‖s: two minimal unsigned integers.</summary>
    public static byte[] ToDer(ReadOnlySpan<byte> joined)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Minimal(joined[..(joined.Length / 2)]));
            writer.WriteIntegerUnsigned(Minimal(joined[(joined.Length / 2)..]));
        }

        return writer.Encode();
    }

    /// <summary>r‖s that is given as such (IEEE P1363): exactly two coordinates wide.</summary>
    public static byte[] FromFixedWidth(ReadOnlySpan<byte> joined, EllipticCurve curve) =>
        joined.Length == 2 * curve.CoordinateSize
            ? joined.ToArray()
            : throw new MalformedException($"ECDSA signature: {joined.Length} bytes, wanted {2 * curve.CoordinateSize} (r and s)");

    private static ReadOnlySpan<byte> Minimal(ReadOnlySpan<byte> number)
    {
        ReadOnlySpan<byte> trimmed = number.TrimStart((byte)0);
        return trimmed.IsEmpty ? number[..1] : trimmed;
    }
}
