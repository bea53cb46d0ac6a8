using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The numbers of tar headers.</summary>
internal static class TarNumber
{
    /// <summary>Blanks, octal digits, and a blank or NUL as their end: the one form that every reader takes for the same number.</summary>
    /// <remarks>
    /// A leading byte of 0x80 would be GNU's binary form. Digits up to the end of the field run on into the next one in some readers; only a size beyond 2^33, which needs all
    /// twelve of them, may be so, and must be told by a pax header as well.
    /// </remarks>
    public static long Octal(ReadOnlySpan<byte> field, string what)
    {
        ReadOnlySpan<byte> digits = field.TrimEnd(" \0"u8).TrimStart((byte)' ');
        long value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                throw Malformed($"{what} is not octal");
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        bool ended = field[^1] is (byte)' ' or 0 || value >= PaxHeader.UstarSizes;
        return digits.IsEmpty ? throw Malformed($"{what} is empty") : ended ? value : throw Malformed($"{what} has no end");
    }

    /// <summary>Requires a number that every reader can read, in a field that means nothing here: Python ends quietly before an entry with any other.</summary>
    /// <remarks>Nothing, octal digits, or GNU's binary form, which owners and times beyond octal need.</remarks>
    public static void RequireReadable(ReadOnlySpan<byte> field, string what)
    {
        bool isBinary = field[0] is 0x80 or 0xFF, isEmpty = field.IndexOfAnyExcept((byte)0, (byte)' ') < 0;
        if (!isBinary && !isEmpty)
        {
            _ = Octal(field, what);
        }
    }

    /// <summary>The same of an owner, which is none below zero and none of more than four bytes: with any other Python ends in the middle of the archive.</summary>
    public static void RequireOwner(ReadOnlySpan<byte> field, string what)
    {
        RequireReadable(field, what);
        const int Width = sizeof(uint);
        if (field[0] >= 0x80 && (field[0] == 0xFF || field[1..^Width].ContainsAnyExcept((byte)0) || !field[^Width..].ContainsAnyExcept((byte)0xFF)))
        {
            throw Malformed($"{what} is negative or of more than four bytes");
        }
    }

    /// <summary>The same of a time; one that is not there is blanks or zero bytes, not both: 7-Zip passes over the first entry of an archive where it is.</summary>
    public static void RequireTime(ReadOnlySpan<byte> field)
    {
        RequireReadable(field, "time");
        const int Width = 5;
        if (field[0] >= 0x80 && field[1..^Width].ContainsAnyExcept(field[0] == 0xFF ? (byte)0xFF : (byte)0))
        {
            throw Malformed("time is beyond what systems can set");
        }

        if (field.ContainsAnyExcept(field[0]) && !field.ContainsAnyExcept((byte)0, (byte)' '))
        {
            throw Malformed("time is blanks and zero bytes");
        }
    }

    /// <summary>The same of the number of a device, which is octal or zero bytes: with any other 7-Zip passes over the first entry of an archive.</summary>
    public static void RequireDevice(ReadOnlySpan<byte> field)
    {
        if (field[0] != 0)
        {
            _ = Octal(field, "device");
        }

        RequireReadable(field, "device");
    }

    /// <summary>The number that the most lenient of readers finds in <paramref name="field"/>; null when none finds any.</summary>
    public static long? ReadLeniently(ReadOnlySpan<byte> field)
    {
        if (field[0] >= 0x80)
        {
            long binary = field[0] & 0x3F;
            foreach (byte b in field[1..])
            {
                binary = (binary << 8) | b;
            }

            return binary;
        }

        ReadOnlySpan<byte> digits = field.TrimStart(" \t\0"u8);
        int end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'7');
        digits = end < 0 ? digits : digits[..end];
        long value = 0;
        foreach (byte digit in digits)
        {
            value = (value << 3) | (uint)(digit - '0');
        }

        return digits.IsEmpty ? null : value;
    }

    private static MalformedException Malformed(string detail) => new(ArchiveReasons.Malformed, $"tar header: {detail}");
}
