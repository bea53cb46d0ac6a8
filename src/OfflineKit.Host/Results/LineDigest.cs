using System.Buffers.Binary;
using OfflineKit.Crypto;

namespace OfflineKit.Host.Results;

/// <summary>By what a line is known again without keeping it: the first half of its SHA-256.</summary>
internal static class LineDigest
{
    /// <summary>The digest of <paramref name="line"/>.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> digest = Digest.Sha256(line).Bytes;
        return new UInt128(BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[sizeof(ulong)..]));
    }
}
