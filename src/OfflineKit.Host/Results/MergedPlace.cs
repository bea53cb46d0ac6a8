using System.Buffers.Binary;

namespace OfflineKit.Host.Results;

/// <summary>Where a result stands in one of several results files.</summary>
/// <param name="Part">In which of them.</param>
/// <param name="Offset">Where its line begins, in bytes.</param>
/// <param name="Length">How long its line is, in bytes.</param>
/// <param name="Rank">How bad it is; 0 is the worst.</param>
/// <param name="Digest">What the line is known by when it is read again.</param>
internal readonly record struct MergedPlace(int Part, long Offset, int Length, int Rank, UInt128 Digest)
{
    private const int Size = 36, OffsetAt = 4, LengthAt = 12, RankAt = 16, DigestAt = 20;

    /// <summary>The place as bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Part);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(OffsetAt), Offset);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(LengthAt), Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(RankAt), Rank);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(DigestAt), Digest);
        return bytes;
    }

    /// <summary>The place in <paramref name="bytes"/>.</summary>
    public static MergedPlace FromBytes(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[OffsetAt..]), BinaryPrimitives.ReadInt32BigEndian(bytes[LengthAt..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[RankAt..]), BinaryPrimitives.ReadUInt128BigEndian(bytes[DigestAt..]));
}
