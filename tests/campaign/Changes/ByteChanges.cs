namespace OfflineKit.Campaign.Changes;

/// <summary>Every change of one bit or byte: each bit turned, each byte set to 0 or 0xFF, left out, doubled, a blank before it, exchanged with its neighbour; and the file cut off before it.</summary>
internal static class ByteChanges
{
    private const int KindsOfAByte = 15;

    /// <summary>How many there are of a file of <paramref name="length"/> bytes.</summary>
    public static long CountOf(long length) => length * KindsOfAByte;

    /// <summary>The change number <paramref name="number"/>; null where it changes nothing.</summary>
    public static Change? Of(ReadOnlySpan<byte> file, long number)
    {
        int at = (int)(number / KindsOfAByte), kind = (int)(number % KindsOfAByte);
        (string name, byte[] content) = kind switch
        {
            < 8 => ($"bit {kind} turned", Set(file, at, (byte)(file[at] ^ (1 << kind)))),
            8 => ("set to 0x00", Set(file, at, 0)),
            9 => ("set to 0xff", Set(file, at, 0xff)),
            10 => ("left out", [.. file[..at], .. file[(at + 1)..]]),
            11 => ("doubled", [.. file[..at], file[at], .. file[at..]]),
            12 => ("a blank before", [.. file[..at], (byte)' ', .. file[at..]]),
            13 => ("exchanged with the next", Exchanged(file, at)),
            _ => ("cut off before", file[..at].ToArray()),
        };
        return content.AsSpan().SequenceEqual(file) ? null : new Change($"byte {at}: {name}", content);
    }

    private static byte[] Set(ReadOnlySpan<byte> file, int at, byte value)
    {
        byte[] changed = file.ToArray();
        changed[at] = value;
        return changed;
    }

    private static byte[] Exchanged(ReadOnlySpan<byte> file, int at)
    {
        byte[] changed = file.ToArray();
        int next = Math.Min(at + 1, changed.Length - 1);
        (changed[at], changed[next]) = (changed[next], changed[at]);
        return changed;
    }
}
