using System.Buffers.Binary;

namespace OfflineKit.Host.Batches;

/// <summary>Where a result stands in the results of an earlier run.</summary>
/// <param name="Offset">Where its line begins, in bytes.</param>
/// <param name="Length">How long its line is, in bytes.</param>
/// <param name="Digest">What the line is known by when it is read again.</param>
internal readonly record struct EarlierPlace(long Offset, int Length, UInt128 Digest)
{
    /// <summary>Length of a place in bytes.</summary>
    public const int Size = 28;

    private const int LengthAt = 8, DigestAt = 12;

    /// <summary>What stands for a result that answers another question.</summary>
    public static byte[] Nowhere => new byte[Size];

    /// <summary>The place as bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Offset);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(LengthAt), Length);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(DigestAt), Digest);
        return bytes;
    }

    /// <summary>The place in <paramref name="bytes"/>; null for <see cref="Nowhere"/>.</summary>
    public static EarlierPlace? FromBytes(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes[LengthAt..]) is > 0 and var length
        ? new EarlierPlace(BinaryPrimitives.ReadInt64BigEndian(bytes), length, BinaryPrimitives.ReadUInt128BigEndian(bytes[DigestAt..]))
        : null;
}
