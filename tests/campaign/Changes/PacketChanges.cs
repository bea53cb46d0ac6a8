namespace OfflineKit.Campaign.Changes;

/// <summary>OpenPGP packets left out, doubled and exchanged.</summary>
/// <remarks>Source: RFC 9580, section 4.2.</remarks>
internal static class PacketChanges
{
    /// <summary>Every change; none of what are no packets.</summary>
    public static IEnumerable<Change> Of(byte[] file) => Packets(file) is { Count: > 0 } packets
        ? Enumerable.Range(0, packets.Count).SelectMany(at => OfOne(packets, at)).Append(new Change("packets: a marker before", [0xca, 3, .. "PGP"u8, .. file]))
        : [];

    private static IEnumerable<Change> OfOne(List<byte[]> packets, int at)
    {
        (byte[] before, byte[] behind) = ([.. packets[..at].SelectMany(packet => packet)], [.. packets[(at + 1)..].SelectMany(packet => packet)]);
        yield return new Change($"packet {at}: left out", [.. before, .. behind]);
        yield return new Change($"packet {at}: doubled", [.. before, .. packets[at], .. packets[at], .. behind]);
        yield return new Change($"packet {at}: last", [.. before, .. behind, .. packets[at]]);
        yield return new Change($"packet {at}: first", [.. packets[at], .. before, .. behind]);
    }

    private static List<byte[]>? Packets(byte[] file)
    {
        List<byte[]> packets = [];
        for (int at = 0; at < file.Length;)
        {
            if (Length(file.AsSpan(at)) is not { } length || length > file.Length - at)
            {
                return null;
            }

            packets.Add(file[at..(at + length)]);
            at += length;
        }

        return packets;
    }

    // The whole packet's length; null where it has none that is told.
    private static int? Length(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [>= 0xc0, < 192, ..] => 2 + bytes[1],
        [>= 0xc0, < 224, var second, ..] => 3 + ((bytes[1] - 192) << 8) + second + 192,
        [>= 0xc0, 255, 0, var high, var middle, var low, ..] => 6 + (high << 16) + (middle << 8) + low,
        [>= 0x80 and < 0xc0, var only, ..] when (bytes[0] & 3) == 0 => 2 + only,
        [>= 0x80 and < 0xc0, var high, var low, ..] when (bytes[0] & 3) == 1 => 3 + (high << 8) + low,
        _ => null,
    };
}
