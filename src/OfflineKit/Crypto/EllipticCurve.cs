using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>A named curve: its parameters as far as keys are checked against them.</summary>
/// <remarks>Source: SEC 2 v2 §2.4–2.9, FIPS 186-5. All four primes are 3 mod 4, so a square root is one exponentiation.</remarks>
internal sealed class EllipticCurve
{
    private readonly BigInteger _p, _a, _b;
    private readonly string _order;

    private EllipticCurve(KeyKind kind, string oid, string p, string a, string b, string order, int size)
    {
        (Kind, Oid, CoordinateSize, _order) = (kind, oid, size, order);
        (_p, _a, _b) = (Hex(p), Hex(a), Hex(b));
    }

    public static EllipticCurve P256 { get; } = new(
        KeyKind.P256,
        "1.2.840.10045.3.1.7",
        "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
        "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFC",
        "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B",
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        32);

    public static EllipticCurve P384 { get; } = new(
        KeyKind.P384,
        "1.3.132.0.34",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFC",
        "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973",
        48);

    public static EllipticCurve P521 { get; } = new(
        KeyKind.P521,
        "1.3.132.0.35",
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC",
        "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00",
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409",
        66);

    public static EllipticCurve Secp256k1 { get; } = new(
        KeyKind.Secp256k1,
        "1.3.132.0.10",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F",
        "00",
        "07",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141",
        32);

    /// <summary>Every curve.</summary>
    public static IEnumerable<EllipticCurve> All => [P256, P384, P521, Secp256k1];

    /// <summary>The key kind of points on this curve.</summary>
    public KeyKind Kind { get; }

    /// <summary>The namedCurve identifier.</summary>
    public string Oid { get; }

    /// <summary>Bytes of one coordinate, and of r and s in a fixed-width signature.</summary>
    public int CoordinateSize { get; }

    /// <summary>The curve as the BCL names it.</summary>
    internal ECCurve Named => ECCurve.CreateFromValue(Oid);

    /// <summary>The curve of <paramref name="kind"/>; an RSA or Ed25519 kind is a misuse.</summary>
    public static EllipticCurve Of(KeyKind kind) => kind switch
    {
        KeyKind.P256 => P256,
        KeyKind.P384 => P384,
        KeyKind.P521 => P521,
        KeyKind.Secp256k1 => Secp256k1,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The curve with namedCurve <paramref name="oid"/>, or null.</summary>
    public static EllipticCurve? ByOid(string oid) => oid switch
    {
        "1.2.840.10045.3.1.7" => P256,
        "1.3.132.0.34" => P384,
        "1.3.132.0.35" => P521,
        "1.3.132.0.10" => Secp256k1,
        _ => null,
    };

    /// <summary>The signature (r, n − s) of <paramref name="joined"/>, which is r‖s: it holds wherever that one does. Null: s is not below the order n, so that none holds.</summary>
    public byte[]? WithOtherSign(ReadOnlySpan<byte> joined)
    {
        BigInteger order = Hex(_order), s = Number(joined[CoordinateSize..]);
        if (s.IsZero || s >= order)
        {
            return null;
        }

        byte[] other = joined.ToArray(), number = (order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        other.AsSpan(CoordinateSize).Clear();
        number.CopyTo(other, other.Length - number.Length);
        return other;
    }

    /// <summary>The affine point (X, Y) that <paramref name="encoded"/> spells, uncompressed or compressed.</summary>
    /// <exception cref="MalformedException">Hybrid form, infinity, a coordinate ≥ p, or a point off the curve.</exception>
    /// <remarks>Source: SEC 1 v2 §2.3.4.</remarks>
    public ECPoint Point(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length == 1 + (2 * CoordinateSize) && encoded[0] == 0x04)
        {
            ReadOnlySpan<byte> x = encoded.Slice(1, CoordinateSize), y = encoded[(1 + CoordinateSize)..];
            Require(Number(x) < _p && Number(y) < _p, "a coordinate is not below the prime");
            Require(BigInteger.ModPow(Number(y), 2, _p) == RightHandSide(Number(x)), "the point is not on the curve");
            return new ECPoint { X = x.ToArray(), Y = y.ToArray() };
        }

        if (encoded.Length == 1 + CoordinateSize && encoded[0] is 0x02 or 0x03)
        {
            return Decompressed(encoded[1..], oddY: encoded[0] == 0x03);
        }

        throw new MalformedException(Reasons.UnsupportedKey, $"{Kind} point: {encoded.Length} bytes in a form that is neither compressed nor uncompressed");
    }

    private ECPoint Decompressed(ReadOnlySpan<byte> x, bool oddY)
    {
        Require(Number(x) < _p, "a coordinate is not below the prime");
        BigInteger square = RightHandSide(Number(x));
        BigInteger y = BigInteger.ModPow(square, (_p + 1) / 4, _p);
        Require(BigInteger.ModPow(y, 2, _p) == square, "the point is not on the curve");
        y = y.IsEven == oddY ? _p - y : y;
        byte[] bytes = new byte[CoordinateSize];
        byte[] number = y.ToByteArray(isUnsigned: true, isBigEndian: true);
        number.CopyTo(bytes, bytes.Length - number.Length);
        return new ECPoint { X = x.ToArray(), Y = bytes };
    }

    private BigInteger RightHandSide(BigInteger x) => (BigInteger.ModPow(x, 3, _p) + (_a * x) + _b) % _p;

    private void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new MalformedException($"{Kind} public key: {fault}");
        }
    }

    private static BigInteger Number(ReadOnlySpan<byte> bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    private static BigInteger Hex(string digits) => BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
