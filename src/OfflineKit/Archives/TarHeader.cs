using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>One 512-byte header of a tar archive, read strictly.</summary>
/// <param name="Name">The name, prefix joined.</param>
/// <param name="Size">Bytes of content that follow.</param>
/// <param name="Type">The type flag.</param>
/// <remarks>Source: POSIX.1-2017, pax, "ustar Interchange Format". GNU's magic is accepted; its extensions are not.</remarks>
internal readonly record struct TarHeader(string Name, long Size, char Type)
{
    public const int Block = 512;

    /// <summary>The header in <paramref name="block"/>.</summary>
    public static TarHeader Parse(ReadOnlySpan<byte> block)
    {
        RequireChecksum(block);
        bool posix = block.Slice(257, 8).SequenceEqual("ustar\00000"u8[..8]);
        bool gnu = block.Slice(257, 8).SequenceEqual("ustar  \0"u8);
        if (!posix && !gnu)
        {
            throw new MalformedException(ArchiveReasons.Malformed, "tar header: no ustar magic");
        }

        string name = Text(block[..100], "name");
        string prefix = posix ? Text(block.Slice(345, 155), "prefix") : "";
        return new TarHeader(prefix.Length > 0 ? $"{prefix}/{name}" : name, Octal(block.Slice(124, 12), "size"), (char)block[156]);
    }

    private static void RequireChecksum(ReadOnlySpan<byte> block)
    {
        long sum = 8 * ' ';
        for (int i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : block[i];
        }

        long wanted = Octal(block.Slice(148, 8), "checksum");
        if (sum != wanted)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"tar header: checksum {sum}, the header says {wanted}");
        }
    }

    // The rest after the first NUL must be NUL: other readers would take it for a longer name.
    private static string Text(ReadOnlySpan<byte> field, string what)
    {
        int end = field.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? field : field[..end];
        if (field[text.Length..].ContainsAnyExcept((byte)0))
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"tar header: bytes after the end of the {what}");
        }

        return Utf8Text.Decode(text, $"tar {what}");
    }

    // Octal digits, then blanks or NULs; a leading byte of 0x80 would be GNU's binary form.
    private static long Octal(ReadOnlySpan<byte> field, string what)
    {
        ReadOnlySpan<byte> digits = field.TrimEnd(" \0"u8).TrimStart((byte)' ');
        long value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                throw new MalformedException(ArchiveReasons.Malformed, $"tar header: {what} is not octal");
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return digits.IsEmpty ? throw new MalformedException(ArchiveReasons.Malformed, $"tar header: {what} is empty") : value;
    }
}
