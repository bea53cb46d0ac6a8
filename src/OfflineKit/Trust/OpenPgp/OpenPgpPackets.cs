using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>Reads OpenPGP packets with BouncyCastle.</summary>
/// <remarks>Source: RFC 9580 §4. Markers and padding mean nothing and are passed over (§5.8, §5.14).</remarks>
internal static class OpenPgpPackets
{
    /// <summary>The packets of <paramref name="content"/>, to the last byte, none of them read yet.</summary>
    /// <exception cref="MalformedException">The content is no sequence of packets.</exception>
    public static ImmutableArray<FramedPacket> In(ReadOnlyMemory<byte> content, string what) =>
        [.. FramedPacket.All(content, what).Where(frame => (PacketTag)frame.Tag is not (PacketTag.Marker or PacketTag.Padding))];

    /// <summary>The packet in <paramref name="frame"/>, of any type but a signature, or why it cannot be read.</summary>
    public static Result<Packet> Read(FramedPacket frame, string what) => Result.Parse(Reasons.MalformedKey, () => Parse(frame, what));

    private static Packet Parse(FramedPacket frame, string what)
    {
        using MemoryStream bytes = new(frame.Whole.ToArray(), writable: false);
        using BcpgInputStream stream = new(bytes);
        return Guarded(what, stream.ReadPacket) is { } packet and not (InputStreamPacket or UnknownPacket { IsCritical: true })
            ? packet
            : throw new MalformedException($"{what}: a packet of type {frame.Tag} does not belong here");
    }

    /// <summary>What <paramref name="read"/> gives: the one place where the library's own exceptions for bad input are known.</summary>
    public static T Guarded<T>(string what, Func<T> read)
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
