using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.Sig;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>One signature packet: what it says, and whether a key made it over some bytes.</summary>
/// <remarks>
/// Only the hashed part counts; of the unhashed part, names of keys are hints and an embedded signature proves itself. What is hashed stands in RFC 9580 §5.2.4:
/// salt (version 6), the content, and a trailer that holds the hashed part itself.
/// </remarks>
internal sealed class OpenPgpSignature
{
    private readonly SignaturePacket _packet;
    private readonly HashedPart _said;

    private OpenPgpSignature(SignaturePacket packet, DigestAlgorithm? digest) => (_packet, Digest, _said) = (packet, digest, new HashedPart(packet.GetHashedSubPackets()));

    /// <summary>The signature type, such as 0x00 for a file or 0x18 for the binding of a subkey.</summary>
    public int Type => _packet.SignatureType;

    /// <summary>The hash; null for one that is not accepted (SHA-1, MD5, RIPEMD-160 and others).</summary>
    public DigestAlgorithm? Digest { get; }

    /// <summary>The name of the hash, for people.</summary>
    public string HashName => _packet.HashAlgorithm.ToString().ToUpperInvariant();

    /// <summary>What comes before the content in the hash: the salt of version 6.</summary>
    public ReadOnlyMemory<byte> Prefix => _packet.Version == SignaturePacket.Version6 ? _packet.GetSalt() : ReadOnlyMemory<byte>.Empty;

    /// <summary>What comes after it.</summary>
    public ReadOnlyMemory<byte> Trailer => _packet.GetSignatureTrailer();

    /// <summary>The hashed subpackets.</summary>
    public HashedPart Says => _said;

    /// <summary>The fingerprints and key ids (lower-case hex) by which the signature names its maker, surest first: hints.</summary>
    public ImmutableArray<string> IssuerHints =>
    [
        .. _packet.GetHashedSubPackets().Concat(_packet.GetUnhashedSubPackets() ?? []).OfType<IssuerFingerprint>().Select(issuer => StrictHex.Encode(issuer.GetFingerprint())),
        .. _packet.KeyId == 0 ? ImmutableArray<string>.Empty : [_packet.KeyId.ToString("x16", System.Globalization.CultureInfo.InvariantCulture)],
    ];

    /// <summary>The signatures inside this one, such as the agreement of a subkey.</summary>
    public IEnumerable<OpenPgpSignature> Embedded =>
        _packet.GetHashedSubPackets().Concat(_packet.GetUnhashedSubPackets() ?? []).OfType<EmbeddedSignature>()
            .Select(inner => OpenPgpPackets.Embedded(inner.GetData())).OfType<SignaturePacket>().Where(IsKnownVersion).Select(Of);

    /// <summary>The signature in <paramref name="packet"/>.</summary>
    public static OpenPgpSignature Of(SignaturePacket packet) => IsKnownVersion(packet)
        ? new OpenPgpSignature(packet, DigestOf(packet.HashAlgorithm))
        : throw new MalformedException($"an OpenPGP signature of version {packet.Version}, wanted 4 or 6");

    /// <summary>A signature like <paramref name="packet"/> can be read at all.</summary>
    public static bool IsKnownVersion(SignaturePacket packet) => packet.Version is SignaturePacket.Version4 or SignaturePacket.Version6;

    /// <summary>The signature may be by <paramref name="key"/>: it names the key, or names nobody.</summary>
    public bool MayBeBy(OpenPgpKey key) => IssuerHints is not { Length: > 0 } hints || hints.Any(
        hint => string.Equals(hint, key.Fingerprint, StringComparison.Ordinal) || string.Equals(hint, key.KeyId.ToString("x16", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary><paramref name="key"/> made this signature over <paramref name="pieces"/>, one after the other.</summary>
    public bool IsBy(OpenPgpKey key, params ReadOnlySpan<byte[]> pieces)
    {
        if (Digest is not { } algorithm)
        {
            return false;
        }

        using Hasher hasher = Hasher.For(algorithm);
        hasher.Append(Prefix.Span);
        foreach (byte[] piece in pieces)
        {
            hasher.Append(piece);
        }

        hasher.Append(Trailer.Span);
        return IsBy(key, hasher.Finish());
    }

    /// <summary>The same for the finished hash of salt, content and trailer.</summary>
    public bool IsBy(OpenPgpKey key, Digest digest)
    {
        // A key signs in its own version only (RFC 9580 §5.2.3), and the quick check must hold, since nothing else protects its two bytes.
        return key.Version == _packet.Version
            && digest.Bytes[..2].SequenceEqual(_packet.GetFingerprint())
            && key.Material.Value is { } material
            && SchemeFor(material, digest.Algorithm) is { } scheme
            && ValueFor(material) is { } value
            && Verifies(PublicKey.Bind(material, scheme), digest, value);
    }

    /// <summary>The scheme by which <paramref name="key"/> makes this signature, or null when it cannot.</summary>
    public SignatureScheme? SchemeUnder(OpenPgpKey key) => Digest is { } algorithm && key.Material.Value is { } material ? SchemeFor(material, algorithm) : null;

    private static bool Verifies(PublicKey key, Digest digest, byte[] value) =>
        key.Scheme.Digest is null ? key.Verifies(digest.Bytes, value) : key.Verifies(digest, value);

    // RSA, ECDSA and EdDSA values are numbers without leading zeros; the new Ed25519 is 64 bytes as they are.
    private byte[]? ValueFor(KeyMaterial material)
    {
        byte[][] numbers = [.. (_packet.GetSignature() ?? []).Select(number => number.Value.ToByteArrayUnsigned())];
        return (material.Kind, numbers.Length) switch
        {
            (KeyKind.Rsa, 1) => Joined(numbers, (material.RsaBits + 7) / 8),
            (KeyKind.Ed25519, 0) => _packet.GetSignatureBytes(),
            (KeyKind.Ed25519, 2) => Joined(numbers, 32),
            (KeyKind.P256 or KeyKind.P384 or KeyKind.P521, 2) => Joined(numbers, EllipticCurve.Of(material.Kind).CoordinateSize),
            _ => null,
        };
    }

    private static byte[]? Joined(byte[][] numbers, int width)
    {
        byte[] joined = new byte[numbers.Length * width];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i].Length > width)
            {
                return null;
            }

            numbers[i].CopyTo(joined, ((i + 1) * width) - numbers[i].Length);
        }

        return joined;
    }

    private static SignatureScheme? SchemeFor(KeyMaterial material, DigestAlgorithm digest) => material.Kind switch
    {
        KeyKind.Rsa => SignatureScheme.All.FirstOrDefault(scheme => scheme.Family == SchemeFamily.RsaPkcs1 && scheme.Digest == digest),
        KeyKind.Ed25519 => SignatureScheme.Ed25519,
        KeyKind.P256 or KeyKind.P384 or KeyKind.P521 => SignatureScheme.EcdsaOnAnyCurve(digest),
        _ => null,
    };

    private static DigestAlgorithm? DigestOf(HashAlgorithmTag hash) => hash switch
    {
        HashAlgorithmTag.Sha256 => DigestAlgorithm.Sha256,
        HashAlgorithmTag.Sha384 => DigestAlgorithm.Sha384,
        HashAlgorithmTag.Sha512 => DigestAlgorithm.Sha512,
        _ => null,
    };
}
