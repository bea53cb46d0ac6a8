using System.Buffers.Binary;
using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>Reads the body of a signature packet from its front.</summary>
internal ref struct SignatureCut(ReadOnlyMemory<byte> whole)
{
    /// <summary>What errors call it.</summary>
    public const string What = "OpenPGP signature";

    /// <summary>How many bytes have been read.</summary>
    public int Position { get; private set; }

    /// <summary>Nothing is left.</summary>
    public readonly bool IsEmpty => Position == whole.Length;

    /// <summary>The next byte.</summary>
    /// <exception cref="MalformedException">Nothing is left.</exception>
    public int Byte() => Next(1).Span[0];

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    /// <exception cref="MalformedException">There are fewer.</exception>
    public ReadOnlyMemory<byte> Next(long count)
    {
        if (count > whole.Length - Position)
        {
            throw new MalformedException($"{What}: it is cut");
        }

        ReadOnlyMemory<byte> next = whole.Slice(Position, (int)count);
        Position += (int)count;
        return next;
    }

    /// <summary>The next area, behind its length: four bytes in version 6, else two.</summary>
    /// <exception cref="MalformedException">It is cut.</exception>
    public ReadOnlyMemory<byte> Area(int version) => Next(version == 6 ? BinaryPrimitives.ReadUInt32BigEndian(Next(4).Span) : BinaryPrimitives.ReadUInt16BigEndian(Next(2).Span));

    /// <summary>The subpackets in the next area.</summary>
    /// <exception cref="MalformedException">It is cut, or a subpacket cannot be read.</exception>
    public ImmutableArray<SignatureSubpacket> Subpackets(int version)
    {
        using MemoryStream bytes = new(Area(version).ToArray(), writable: false);
        SignatureSubpacketsParser parser = new(bytes);
        var subpackets = ImmutableArray.CreateBuilder<SignatureSubpacket>();
        while (OpenPgpPackets.Guarded(What, parser.ReadPacket) is { } subpacket)
        {
            subpackets.Add(subpacket);
        }

        return subpackets.ToImmutable();
    }
}
