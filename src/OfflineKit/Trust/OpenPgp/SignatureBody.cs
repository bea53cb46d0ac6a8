using System.Buffers.Binary;
using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>The fields of a signature packet, as its bytes have them.</summary>
/// <remarks>
/// Shape: version, type, algorithm of the key, hash, hashed and unhashed subpackets with their lengths (two bytes in version 4, four in version 6), two bytes of the hash, in version 6 a salt of the
/// hash's size, and numbers or, for the new Ed25519, 64 bytes; nothing behind. Source: RFC 9580 §5.2.3, §5.2.4; subpackets are read by BouncyCastle.
/// </remarks>
internal sealed record SignatureBody
{
    private const string What = SignatureCut.What;
    private const int Ed25519 = 27, Ed25519Size = 64;

    /// <summary>4 or 6.</summary>
    public required int Version { get; init; }

    /// <summary>The signature's type.</summary>
    public required int Type { get; init; }

    /// <summary>The kind of the key that made it.</summary>
    public required PublicKeyAlgorithmTag Algorithm { get; init; }

    /// <summary>The hash function.</summary>
    public required HashAlgorithmTag Hash { get; init; }

    /// <summary>The statements that the signature covers.</summary>
    public required ImmutableArray<SignatureSubpacket> Hashed { get; init; }

    /// <summary>Those that it does not cover.</summary>
    public required ImmutableArray<SignatureSubpacket> Unhashed { get; init; }

    /// <summary>The first two bytes of the hash.</summary>
    public required ReadOnlyMemory<byte> QuickCheck { get; init; }

    /// <summary>What is hashed before the content: nothing in version 4.</summary>
    public required ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>What is hashed after the content.</summary>
    public required ReadOnlyMemory<byte> Trailer { get; init; }

    /// <summary>The numbers of the signature, big-endian without leading zeros; or one value of fixed size.</summary>
    public required ImmutableArray<byte[]> Values { get; init; }

    /// <summary>The fields of <paramref name="body"/>.</summary>
    public static SignatureBody Parse(ReadOnlyMemory<byte> body)
    {
        SignatureCut rest = new(body);
        int version = rest.Byte(), type = rest.Byte(), algorithm = rest.Byte();
        HashAlgorithmTag hash = (HashAlgorithmTag)rest.Byte();
        if (version is not (4 or 6))
        {
            throw new MalformedException($"{What}: version {version}, wanted 4 or 6");
        }

        ImmutableArray<SignatureSubpacket> hashed = rest.Subpackets(version);
        ReadOnlyMemory<byte> covered = body[..rest.Position];
        return new SignatureBody
        {
            Version = version,
            Type = type,
            Algorithm = (PublicKeyAlgorithmTag)algorithm,
            Hash = hash,
            Hashed = hashed,
            Unhashed = rest.Subpackets(version),
            QuickCheck = rest.Next(2),
            Salt = version == 6 ? SaltOf(hash, ref rest) : ReadOnlyMemory<byte>.Empty,
            Trailer = TrailerOf(version, covered.Span),
            Values = algorithm == Ed25519 ? [rest.Next(Ed25519Size).ToArray()] : Numbers(ref rest),
        }.Of(rest);
    }

    private SignatureBody Of(SignatureCut rest) => rest.IsEmpty ? this : throw new MalformedException($"{What}: bytes behind its end");

    private static byte[] TrailerOf(int version, ReadOnlySpan<byte> covered)
    {
        byte[] end = [(byte)version, 0xFF, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(end.AsSpan(2), covered.Length);
        return [.. covered, .. end];
    }

    private static ReadOnlyMemory<byte> SaltOf(HashAlgorithmTag hash, ref SignatureCut rest)
    {
        int size = rest.Byte(), wanted = hash switch { HashAlgorithmTag.Sha256 => 16, HashAlgorithmTag.Sha384 => 24, HashAlgorithmTag.Sha512 => 32, _ => size };
        return size == wanted ? rest.Next(size) : throw new MalformedException($"{What}: a salt of {size} bytes, wanted {wanted}");
    }

    private static ImmutableArray<byte[]> Numbers(ref SignatureCut rest)
    {
        var numbers = ImmutableArray.CreateBuilder<byte[]>();
        while (!rest.IsEmpty)
        {
            int bits = BinaryPrimitives.ReadUInt16BigEndian(rest.Next(2).Span);
            numbers.Add(rest.Next((bits + 7) / 8).Span.TrimStart((byte)0).ToArray());
        }

        return numbers.ToImmutable();
    }
}
