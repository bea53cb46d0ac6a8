using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>Brings an ECDSA signature into the one form that <see cref="PublicKey"/> takes: r‖s, each as wide as a coordinate.</summary>
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
        int width = curve.CoordinateSize;
        if (r.Length > width || s.Length > width)
        {
            throw new MalformedException($"ECDSA signature: r or s is wider than {width} bytes");
        }

        byte[] joined = new byte[2 * width];
        r.CopyTo(joined.AsSpan(width - r.Length));
        s.CopyTo(joined.AsSpan((2 * width) - s.Length));
        return joined;
    }

    /// <summary>r‖s that is given as such (IEEE P1363): exactly two coordinates wide.</summary>
    public static byte[] FromFixedWidth(ReadOnlySpan<byte> joined, EllipticCurve curve) =>
        joined.Length == 2 * curve.CoordinateSize
            ? joined.ToArray()
            : throw new MalformedException($"ECDSA signature: {joined.Length} bytes, wanted {2 * curve.CoordinateSize} (r and s)");
}
