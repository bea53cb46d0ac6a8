using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>Reads a sequence of OpenPGP packets with BouncyCastle, to the last byte.</summary>
/// <remarks>Source: RFC 9580 §4. Markers and padding mean nothing and are passed over (§5.8, §5.14).</remarks>
internal static class OpenPgpPackets
{
    private const int MostPackets = 4096;

    /// <summary>The packets of <paramref name="content"/>.</summary>
    public static ImmutableArray<Packet> Read(ReadOnlyMemory<byte> content, string what)
    {
        var packets = ImmutableArray.CreateBuilder<Packet>();
        using MemoryStream bytes = new(content.ToArray(), writable: false);
        using BcpgInputStream stream = new(bytes);
        while (Next(stream, what) is { } packet)
        {
            if (packet.PacketTag is PacketTag.Marker or PacketTag.Padding)
            {
                continue;
            }

            packets.Add(packet);
            if (packets.Count > MostPackets)
            {
                throw new MalformedException($"{what}: more than {MostPackets} packets");
            }
        }

        return packets.ToImmutable();
    }

    /// <summary>The only signature in <paramref name="content"/>, the body of an embedded signature.</summary>
    public static SignaturePacket? Embedded(ReadOnlySpan<byte> content)
    {
        byte[] body = content.ToArray();
        return Result.Parse(Reasons.MalformedSignature, () => Guarded("embedded signature", () => SignaturePacket.FromByteArray(body))).Value;
    }

    private static Packet? Next(BcpgInputStream stream, string what)
    {
        Packet? packet = Guarded(what, stream.ReadPacket);
        return packet is InputStreamPacket or UnknownPacket { IsCritical: true }
            ? throw new MalformedException($"{what}: a packet of type {(int)packet.PacketTag} does not belong here")
            : packet;
    }

    // The one place where the library's own exceptions for bad input are known.
    private static T Guarded<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or PgpException or UnsupportedPacketVersionException or ArgumentException or InvalidCastException)
        {
            throw new MalformedException($"{what}: {fault.Message}");
        }
    }
}
