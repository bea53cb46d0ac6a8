using System.Buffers.Binary;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>One key of a certificate: its packet, its fingerprint and, where its kind is supported, its material.</summary>
/// <remarks>Shape: version 4 or 6. The fingerprint of version 4 is a SHA-1 hash: a name for look-up, never trust. Source: RFC 9580 §5.5.</remarks>
internal sealed class OpenPgpKey
{
    private const byte Version4Frame = 0x99, Version6Frame = 0x9B, LegacyPointPrefix = 0x40;
    private const string Ed25519Oid = "1.3.6.1.4.1.11591.15.1";

    private readonly byte[] _body;

    private OpenPgpKey(PublicKeyPacket packet)
    {
        _body = packet.GetEncodedContents();
        Version = packet.Version;
        Algorithm = packet.Algorithm;
        CreatedAt = new DateTimeOffset(DateTime.SpecifyKind(packet.GetTime(), DateTimeKind.Utc));
        byte[] fingerprint = Version == 4 ? OneShotHash.Sha1Identifier(Framed()) : OneShotHash.Sha256(Framed());
        Fingerprint = StrictHex.Encode(fingerprint);
        KeyId = BinaryPrimitives.ReadInt64BigEndian(Version == 4 ? fingerprint.AsSpan(^8..) : fingerprint);
        Material = Result.Parse(Reasons.UnsupportedKey, () => MaterialOf(packet));
    }

    /// <summary>4 or 6.</summary>
    public int Version { get; }

    /// <summary>The kind of key.</summary>
    public PublicKeyAlgorithmTag Algorithm { get; }

    /// <summary>Lower-case hex: 40 digits (version 4) or 64 (version 6).</summary>
    public string Fingerprint { get; }

    /// <summary>The 64-bit key id by which signatures may name the key.</summary>
    public long KeyId { get; }

    /// <summary>When the key was made, by its own account.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The key, or why it is refused: a kind that is not supported, or one that is too weak.</summary>
    public Result<KeyMaterial> Material { get; }

    /// <summary>A signature that names its maker by <paramref name="hint"/>, a fingerprint or a key id in lower-case hex, means this key.</summary>
    public bool IsCalled(string hint) =>
        string.Equals(hint, Fingerprint, StringComparison.Ordinal) || string.Equals(hint, KeyId.ToString("x16", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Somebody who writes <paramref name="id"/> (<see cref="OpenPgpId"/>) means this key: by its fingerprint, its key id, the end of that one, or the SHA-256 of its SubjectPublicKeyInfo.</summary>
    public bool IsMeant(string id) => IsCalled(id)
        || (id.Length == OpenPgpId.Short && Version == 4 && Fingerprint.EndsWith(id, StringComparison.Ordinal))
        || Material.Value?.Fingerprints.Contains(id, StringComparer.Ordinal) == true;

    /// <summary>The key in <paramref name="packet"/>.</summary>
    public static OpenPgpKey Of(PublicKeyPacket packet) => packet.Version is 4 or 6
        ? new OpenPgpKey(packet)
        : throw new MalformedException(Reasons.UnsupportedKey, $"an OpenPGP key of version {packet.Version}, wanted 4 or 6");

    /// <summary>The primary key in <paramref name="frame"/>.</summary>
    /// <exception cref="MalformedException">It cannot be read, or is of a version that is not known.</exception>
    public static OpenPgpKey OfPrimary(FramedPacket frame, string what)
    {
        Result<Packet> read = OpenPgpPackets.Read(frame, what);
        return read.Value is PublicKeyPacket packet ? Of(packet) : throw new MalformedException(Reasons.UnsupportedKey, $"{what}: a primary key that cannot be read: {read.Finding?.Detail}");
    }

    /// <summary>What is hashed of a key in certifications and bindings (RFC 9580 §5.2.4).</summary>
    public byte[] Framed()
    {
        if (Version == 4)
        {
            byte[] head = [Version4Frame, 0, 0];
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(1), checked((ushort)_body.Length));
            return [.. head, .. _body];
        }

        byte[] wide = [Version6Frame, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(wide.AsSpan(1), _body.Length);
        return [.. wide, .. _body];
    }

    private static KeyMaterial MaterialOf(PublicKeyPacket packet) => packet.Key switch
    {
        RsaPublicBcpgKey rsa when packet.Algorithm is PublicKeyAlgorithmTag.RsaGeneral or PublicKeyAlgorithmTag.RsaSign =>
            KeyMaterial.RsaKey(rsa.Modulus.ToByteArrayUnsigned(), rsa.PublicExponent.ToByteArrayUnsigned()),
        Ed25519PublicBcpgKey ed => KeyMaterial.Ed25519(ed.GetKey()),
        EdDsaPublicBcpgKey legacy when legacy.CurveOid.Id == Ed25519Oid => LegacyEd25519(legacy.EncodedPoint.ToByteArrayUnsigned()),
        ECDsaPublicBcpgKey ecdsa => KeyMaterial.Elliptic(CurveOf(ecdsa.CurveOid.Id), ecdsa.EncodedPoint.ToByteArrayUnsigned()),
        _ => throw new MalformedException(Reasons.UnsupportedKey, $"an OpenPGP key of kind {packet.Algorithm}: wanted RSA, ECDSA on P-256, P-384 or P-521, or Ed25519") { Advice = OtherProgram },
    };

    private static KeyMaterial LegacyEd25519(byte[] point) => point is [LegacyPointPrefix, .. byte[] key]
        ? KeyMaterial.Ed25519(key)
        : throw new MalformedException("OpenPGP key: an Ed25519 point without its prefix 0x40");

    private static Advice OtherProgram => new("verify it with gpg or sq, or ask for a signature by a key of one of these kinds");

    private static EllipticCurve CurveOf(string oid) => oid switch
    {
        "1.2.840.10045.3.1.7" => EllipticCurve.P256,
        "1.3.132.0.34" => EllipticCurve.P384,
        "1.3.132.0.35" => EllipticCurve.P521,
        _ => throw new MalformedException(Reasons.UnsupportedKey, $"an OpenPGP key on curve {oid}: wanted P-256, P-384 or P-521, or Ed25519") { Advice = OtherProgram },
    };
}
