using System.Buffers.Binary;
using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>One packet as it stands in a sequence, told by its header alone: one that cannot be read does not take its neighbours down.</summary>
/// <param name="Tag">The packet's type.</param>
/// <param name="Whole">Header and body.</param>
/// <param name="Body">The body.</param>
/// <remarks>Source: RFC 9580 §4.2. Bodies of unknown or partial length belong to messages, not to signatures and certificates.</remarks>
internal readonly record struct FramedPacket(int Tag, ReadOnlyMemory<byte> Whole, ReadOnlyMemory<byte> Body)
{
    /// <summary>Types of packets: a signature, a primary key with or without its secret, a name of its holder, a subkey.</summary>
    public const int Signature = 2, SecretKey = 5, PublicKey = 6, UserId = 13, PublicSubkey = 14;

    private const int MostPackets = 65536;

    /// <summary>The packets of <paramref name="content"/>, to the last byte.</summary>
    public static ImmutableArray<FramedPacket> All(ReadOnlyMemory<byte> content, string what)
    {
        (ImmutableArray<FramedPacket> packets, string? damage) = UpToDamage(content, what);
        return damage is null ? packets : throw new MalformedException(damage);
    }

    /// <summary>The packets of <paramref name="content"/> before the first that is damaged, and what is wrong with that one.</summary>
    public static (ImmutableArray<FramedPacket> Packets, string? Damage) UpToDamage(ReadOnlyMemory<byte> content, string what)
    {
        var packets = ImmutableArray.CreateBuilder<FramedPacket>();
        string? damage = Result.Parse(Reasons.MalformedSignature, () => Read(content, what, packets)).Finding?.Detail;
        return (packets.ToImmutable(), damage);
    }

    private static ImmutableArray<FramedPacket>.Builder Read(ReadOnlyMemory<byte> content, string what, ImmutableArray<FramedPacket>.Builder packets)
    {
        while (!content.IsEmpty)
        {
            (int tag, int header, long length) = Header(content.Span, what);
            if (tag == 0 || length > content.Length - header || packets.Count == MostPackets)
            {
                throw new MalformedException($"{what}: {(packets.Count == MostPackets ? $"more than {MostPackets} packets" : $"a packet of type {tag} with {length} bytes, of which {content.Length - header} are there")}");
            }

            packets.Add(new FramedPacket(tag, content[..(header + (int)length)], content.Slice(header, (int)length)));
            content = content[(header + (int)length)..];
        }

        return packets;
    }

    private static (int Tag, int Header, long Length) Header(ReadOnlySpan<byte> content, string what) => content switch
    {
        [>= 0xC0 and var tag, < 192 and var length, ..] => (tag & 0x3F, 2, length),
        [>= 0xC0 and var tag, < 224 and var high, var low, ..] => (tag & 0x3F, 3, ((high - 192) << 8) + low + 192),
        [>= 0xC0 and var tag, 255, _, _, _, _, ..] => (tag & 0x3F, 6, BinaryPrimitives.ReadUInt32BigEndian(content[2..])),
        [>= 0x80 and < 0xC0 and var tag, var length, ..] when (tag & 3) == 0 => ((tag & 0x3F) >> 2, 2, length),
        [>= 0x80 and < 0xC0 and var tag, _, _, ..] when (tag & 3) == 1 => ((tag & 0x3F) >> 2, 3, BinaryPrimitives.ReadUInt16BigEndian(content[1..])),
        [>= 0x80 and < 0xC0 and var tag, _, _, _, _, ..] when (tag & 3) == 2 => ((tag & 0x3F) >> 2, 5, BinaryPrimitives.ReadUInt32BigEndian(content[1..])),
        _ => throw new MalformedException($"{what}: no packet begins with the byte {content[0]:x2}, or its length is cut, unknown or in parts"),
    };
}
