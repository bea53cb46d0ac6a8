using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cms;

/// <summary>Walks over elements of BER: lengths of any spelling, and elements that have an end instead of a length.</summary>
/// <remarks>Source: X.690 §8.1. Errors: <see cref="MalformedException"/>.</remarks>
internal ref struct BerCursor(ReadOnlySpan<byte> ber)
{
    // A signed message needs eight; each level is walked over once more for those around it.
    private const int MostNested = 16, LongestLength = 8;

    private ReadOnlySpan<byte> _rest = ber;

    /// <summary>Nothing is left.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>The next element.</summary>
    public BerElement Next()
    {
        int size = SizeOf(_rest, depth: 0, out int header, out bool isIndefinite);
        BerElement element = new() { Tag = _rest[0], Content = _rest[header..(isIndefinite ? size - 2 : size)], Whole = _rest[..size], IsIndefinite = isIndefinite };
        _rest = _rest[size..];
        return element;
    }

    /// <summary>The exception that names the fault.</summary>
    public static MalformedException Malformed(string fault) => new($"CMS message: {fault}");

    // Bytes of the first element, its header and its end included.
    private static int SizeOf(ReadOnlySpan<byte> ber, int depth, out int header, out bool isIndefinite)
    {
        if (ber.Length < 2 || (ber[0] & 0x1F) == 0x1F || depth > MostNested)
        {
            throw Malformed(ber.Length < 2 ? "cut short" : "a high tag number, or elements nested too deep");
        }

        int octets = ber[1] < 0x80 ? 0 : ber[1] & 0x7F;
        isIndefinite = ber[1] == 0x80;
        header = 2 + octets;
        if (octets > LongestLength || ber.Length < header || (isIndefinite && (ber[0] & 0x20) == 0))
        {
            throw Malformed("an oversized or cut length");
        }

        if (isIndefinite)
        {
            return ToEnd(ber, depth, header);
        }

        ulong length = octets == 0 ? (ulong)ber[1] : 0;
        foreach (byte b in ber.Slice(2, octets))
        {
            length = (length << 8) | b;
        }

        return length <= (ulong)(ber.Length - header) ? header + (int)length : throw Malformed("cut short");
    }

    private static int ToEnd(ReadOnlySpan<byte> ber, int depth, int header)
    {
        int at = header;
        while (!ber[at..].StartsWith((ReadOnlySpan<byte>)[0, 0]))
        {
            at += SizeOf(ber[at..], depth + 1, out _, out _);
        }

        return at + 2;
    }
}

/// <summary>One element of BER.</summary>
internal readonly ref struct BerElement
{
    /// <summary>The identifier octet.</summary>
    public required byte Tag { get; init; }

    /// <summary>What stands in it, without the end of an indefinite length.</summary>
    public required ReadOnlySpan<byte> Content { get; init; }

    /// <summary>The element as it is written.</summary>
    public required ReadOnlySpan<byte> Whole { get; init; }

    /// <summary>It has an end instead of a length.</summary>
    public required bool IsIndefinite { get; init; }
}
