using System.Collections.Immutable;
using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>A public key as data: parsed, strong enough, and bound to no algorithm yet.</summary>
/// <remarks>Its identity is <see cref="Fingerprint"/>; names and ids around it are hints.</remarks>
internal sealed class KeyMaterial : IEquatable<KeyMaterial>
{
    private KeyMaterial(KeyKind kind, ReadOnlyMemory<byte> spki)
    {
        Kind = kind;
        Spki = spki;
    }

    /// <summary>RSA, a curve, Ed25519, or ML-DSA with its parameter set.</summary>
    public KeyKind Kind { get; }

    /// <summary>The canonical SubjectPublicKeyInfo DER (uncompressed points).</summary>
    public ReadOnlyMemory<byte> Spki { get; }

    /// <summary>SHA-256 of <see cref="Spki"/> in lower-case hex.</summary>
    public string Fingerprint => field ??= Digest.Sha256(Spki.Span).Hex;

    /// <summary>SHA-256 of every SubjectPublicKeyInfo that is this key, the canonical one first: the padding that its algorithm names, and the form of a point, make no other key of it.</summary>
    public ImmutableArray<string> Fingerprints => field.IsDefault ? field = [.. KeySpellings.Of(this).Select(spki => Digest.Sha256(spki.Span).Hex)] : field;

    /// <summary>It came in minisign's or signify's form, whose signed bytes say not what they are: it makes no other signatures.</summary>
    public bool IsMinisign { get; private init; }

    /// <summary>Size of the RSA modulus in bits; 0 for other kinds.</summary>
    public int RsaBits { get; private init; }

    /// <summary>The only schemes of an id-RSASSA-PSS key (never PKCS#1 v1.5); empty for every other key.</summary>
    public ImmutableArray<SignatureScheme> OnlySchemes { get; private init; } = [];

    /// <summary>RSA modulus and exponent.</summary>
    internal RSAParameters Rsa { get; private init; }

    /// <summary>The point of an elliptic-curve key.</summary>
    internal ECPoint Point { get; private init; }

    /// <summary>The 32 bytes of an Ed25519 key.</summary>
    public ReadOnlyMemory<byte> Ed25519Bytes { get; private init; }

    /// <summary>The bytes of an ML-DSA key; empty for every other kind.</summary>
    internal ReadOnlyMemory<byte> MlDsaBytes { get; private init; }

    /// <summary>The curve of an ECDSA key, whose signatures are pairs of numbers and written in two ways; null for every other kind, whose signatures are written in one.</summary>
    internal EllipticCurve? Curve => Point.X is null ? null : EllipticCurve.Of(Kind);

    /// <summary>An Ed25519 key from its 32 bytes.</summary>
    /// <remarks>Low order and non-canonical encodings are refused by the verification itself (libsodium).</remarks>
    public static KeyMaterial Ed25519(ReadOnlySpan<byte> key) =>
        key.Length == 32
            ? new KeyMaterial(KeyKind.Ed25519, SubjectPublicKeyInfo.OfEd25519(key)) { Ed25519Bytes = key.ToArray() }
            : throw new MalformedException($"Ed25519 public key: {key.Length} bytes, wanted 32");

    /// <summary>An ML-DSA key of <paramref name="set"/> from its bytes (FIPS 204 §7.2).</summary>
    internal static KeyMaterial MlDsa(MlDsaParameterSet set, ReadOnlySpan<byte> key) =>
        key.Length == set.PublicKeySize
            ? new KeyMaterial(set.Kind, SubjectPublicKeyInfo.OfMlDsa(set, key)) { MlDsaBytes = key.ToArray() }
            : throw new MalformedException($"{set.Name} public key: {key.Length} bytes, wanted {set.PublicKeySize}");

    /// <summary>An Ed25519 key in minisign's or signify's form.</summary>
    public static KeyMaterial Minisign(ReadOnlySpan<byte> key)
    {
        KeyMaterial plain = Ed25519(key);
        return new KeyMaterial(plain.Kind, plain.Spki) { Ed25519Bytes = plain.Ed25519Bytes, IsMinisign = true };
    }

    /// <summary>A point on <paramref name="curve"/> in SEC 1 form.</summary>
    public static KeyMaterial Elliptic(EllipticCurve curve, ReadOnlySpan<byte> encodedPoint)
    {
        ECPoint point = curve.Point(encodedPoint);
        return new KeyMaterial(curve.Kind, SubjectPublicKeyInfo.OfPoint(curve, point)) { Point = point };
    }

    /// <summary>An RSA key from modulus and exponent, big-endian without sign bytes.</summary>
    /// <exception cref="MalformedException">Even, too small or too large modulus; exponent even, below 65537 or of more than 32 bits.</exception>
    public static KeyMaterial RsaKey(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent, params ImmutableArray<SignatureScheme> onlySchemes)
    {
        if (modulus.IsEmpty || modulus[0] == 0 || exponent.IsEmpty || exponent[0] == 0)
        {
            throw new MalformedException("RSA public key: zero or padded modulus or exponent");
        }

        int bits = (modulus.Length * 8) - System.Numerics.BitOperations.LeadingZeroCount((uint)modulus[0]) + 24;
        if (bits > Limits.RsaBitsMaximum)
        {
            throw new MalformedException(Reasons.KeyTooLarge, $"RSA modulus of {bits} bits, limit {Limits.RsaBitsMaximum}");
        }

        if (bits < Limits.RsaBitsMinimum)
        {
            throw new MalformedException(Reasons.WeakKey, $"RSA modulus of {bits} bits, wanted at least {Limits.RsaBitsMinimum}");
        }

        if ((modulus[^1] & 1) == 0)
        {
            throw new MalformedException(Reasons.WeakKey, "RSA modulus is even");
        }

        RefuseExponent(exponent);
        return new KeyMaterial(KeyKind.Rsa, SubjectPublicKeyInfo.OfRsa(modulus, exponent))
        {
            RsaBits = bits,
            OnlySchemes = onlySchemes,
            Rsa = new RSAParameters { Modulus = modulus.ToArray(), Exponent = exponent.ToArray() },
        };
    }

    /// <inheritdoc/>
    public bool Equals(KeyMaterial? other) => other is not null && Spki.Span.SequenceEqual(other.Spki.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KeyMaterial);

    /// <inheritdoc/>
    public override int GetHashCode() => Fingerprint.GetHashCode(StringComparison.Ordinal);

    private static void RefuseExponent(ReadOnlySpan<byte> exponent)
    {
        ulong value = 0;
        foreach (byte b in exponent.Length > 4 ? [] : exponent)
        {
            value = (value << 8) | b;
        }

        if (exponent.Length > 4 || value < 65537 || value % 2 == 0)
        {
            throw new MalformedException(Reasons.WeakKey, $"RSA exponent {StrictHex.Encode(exponent)} (hex): wanted an odd one from 65537 up to 32 bits");
        }
    }
}
