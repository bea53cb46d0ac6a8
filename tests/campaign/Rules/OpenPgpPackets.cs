using System.Buffers.Binary;

namespace OfflineKit.Campaign.Rules;

/// <summary>OpenPGP packets, read for comparison alone. Source: RFC 9580, section 4.2.</summary>
internal static class OpenPgpPackets
{
    /// <summary>All packets, or null where the file is none.</summary>
    public static List<(int Tag, byte[] Body, byte[] Raw)>? Of(ReadOnlySpan<byte> bytes)
    {
        List<(int, byte[], byte[])> packets = [];
        while (!bytes.IsEmpty)
        {
            if (Header(bytes) is not var (tag, header, length) || length < 0 || header + (long)length > bytes.Length)
            {
                return null;
            }

            packets.Add((tag, bytes.Slice(header, length).ToArray(), bytes[..(header + length)].ToArray()));
            bytes = bytes[(header + length)..];
        }

        return packets.Count > 0 ? packets : null;
    }

    /// <summary>The body of a signature without its unhashed subpackets.</summary>
    public static byte[] WithoutUnhashed(byte[] body)
    {
        int size = body is [4, ..] ? 2 : body is [6, ..] ? 4 : 0, start = 4;
        if (size == 0 || Area(body, start, size) is not { } hashed || Area(body, start + size + hashed, size) is not { } unhashed)
        {
            return body;
        }

        int at = start + size + hashed;
        return [.. body[..at], .. body[(at + size + unhashed)..]];
    }

    /// <summary>The body of a version 4 signature without unhashed subpackets, in which the bit counts of numbers count octets.</summary>
    public static byte[] WithoutCounts(byte[] body)
    {
        if (body is not [4, ..] || Area(body, 4, 2) is not { } hashed)
        {
            return body;
        }

        byte[] counted = [.. body];
        for (int at = 6 + hashed + 2; at + 2 <= counted.Length;)
        {
            int octets = (BinaryPrimitives.ReadUInt16BigEndian(counted.AsSpan(at)) + 7) / 8;
            BinaryPrimitives.WriteUInt16BigEndian(counted.AsSpan(at), (ushort)octets);
            at += 2 + octets;
        }

        return counted;
    }

    private static int? Area(byte[] body, int at, int size)
    {
        if (at + size > body.Length)
        {
            return null;
        }

        uint length = size == 2 ? BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at)) : BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(at));
        return at + size + (long)length <= body.Length ? (int)length : null;
    }

    private static (int Tag, int Header, int Length)? Header(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [>= 0xc0, < 192, ..] => (bytes[0] & 0x3f, 2, bytes[1]),
        [>= 0xc0, < 224, var second, ..] => (bytes[0] & 0x3f, 3, ((bytes[1] - 192) << 8) + second + 192),
        [>= 0xc0, 255, < 128, _, _, _, ..] => (bytes[0] & 0x3f, 6, BinaryPrimitives.ReadInt32BigEndian(bytes[2..])),
        [>= 0x80 and < 0xc0, var only, ..] when (bytes[0] & 3) == 0 => ((bytes[0] >> 2) & 15, 2, only),
        [>= 0x80 and < 0xc0, _, _, ..] when (bytes[0] & 3) == 1 => ((bytes[0] >> 2) & 15, 3, BinaryPrimitives.ReadUInt16BigEndian(bytes[1..])),
        [>= 0x80 and < 0xc0, < 128, _, _, _, ..] when (bytes[0] & 3) == 2 => ((bytes[0] >> 2) & 15, 5, BinaryPrimitives.ReadInt32BigEndian(bytes[1..])),
        _ => null,
    };
}
