using System.Security.Cryptography;

namespace OfflineKit.Campaign.Rules;

/// <summary>One member of a tar, read for comparison alone.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Text">Name, type, target and the digest of its content.</param>
/// <param name="Raw">Its blocks.</param>
/// <param name="Content">What it holds.</param>
internal sealed record TarMember(char Kind, string Text, byte[] Raw, byte[] Content)
{
    /// <summary>The text without the digest.</summary>
    public string Header => Text[..Text.LastIndexOf(' ')];

    private const int Block = 512;

    /// <summary>The blocks of the same member with other content.</summary>
    public byte[] With(byte[] content)
    {
        byte[] blocks = [.. Raw[..Block], .. content, .. new byte[(Block - (content.Length % Block)) % Block]];
        Span<byte> header = blocks.AsSpan(0, Block), sum = header.Slice(148, 8);
        Octal(content.Length, 11).CopyTo(header[124..]);
        sum.Fill((byte)' ');
        int total = 0;
        foreach (byte one in header)
        {
            total += one;
        }

        Octal(total, 6).CopyTo(sum);
        sum[6] = 0;
        return blocks;
    }

    /// <summary>All members up to the end of the archive, or null where the file is none.</summary>
    public static List<TarMember>? All(byte[] file)
    {
        List<TarMember> members = [];
        for (int at = 0; at + Block <= file.Length;)
        {
            ReadOnlySpan<byte> header = file.AsSpan(at, Block);
            if (header[0] == 0)
            {
                // A block of zeros is the end, or nothing.
                at += Block;
                continue;
            }

            if (!header.Slice(257, 5).SequenceEqual("ustar"u8) || Octal(header.Slice(124, 12)) is not { } size || at + Block + size > file.Length)
            {
                return null;
            }

            int length = Block + (int)((size + Block - 1) / Block * Block);
            byte[] raw = file[at..Math.Min(file.Length, at + length)];
            string name = Name(header.Slice(345, 155)) + "/" + Name(header[..100]).TrimEnd('/');
            byte[] content = raw[Block..(Block + (int)size)];
            members.Add(new TarMember((char)header[156], $"{name} {(char)header[156]} {Name(header.Slice(157, 100))} {Convert.ToHexString(SHA256.HashData(content))}", raw, content));
            at += length;
        }

        return members.Count > 0 ? members : null;
    }

    private static string Name(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return System.Text.Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }

    private static byte[] Octal(long number, int digits) => System.Text.Encoding.ASCII.GetBytes(Convert.ToString(number, 8).PadLeft(digits, '0'));

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        string digits = Name(field).Trim();
        return digits.Length > 0 && digits.All(digit => digit is >= '0' and <= '7') ? Convert.ToInt64(digits, 8) : null;
    }
}
