using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>Writes a tar archive that depends on names and contents alone: the same files give the same bytes.</summary>
/// <remarks>ustar headers, mode 0644, owner 0, time 0; a long name and a size of 8 GiB or more go into a pax header.</remarks>
internal sealed class TarWriter(Stream output)
{
    private const int NameSize = 100;

    /// <summary>Appends one file.</summary>
    public void Add(string name, ReadOnlySpan<byte> content)
    {
        Headers(name, content.Length);
        Body(content);
    }

    /// <summary>Appends one file of <paramref name="size"/> bytes without holding it in memory.</summary>
    /// <exception cref="IOException">The stream holds another number of bytes: the file changed while it was read.</exception>
    public void Add(string name, Stream content, long size)
    {
        Headers(name, size);
        byte[] block = new byte[64 * 1024];
        long left = size;
        int count;
        while ((count = content.Read(block)) > 0 && (left -= count) >= 0)
        {
            output.Write(block, 0, count);
        }

        if (left != 0)
        {
            throw new IOException($"{name} changed while it was read: it had {size} bytes");
        }

        Pad(size);
    }

    /// <summary>Writes the end mark.</summary>
    public void Finish() => output.Write(stackalloc byte[2 * TarHeader.Block]);

    private void Headers(string name, long size)
    {
        byte[] utf8 = Utf8Text.Encode(name);
        byte[] pax = [.. utf8.Length > NameSize ? PaxRecord("path", name) : [], .. size >= PaxHeader.UstarSizes ? PaxRecord("size", size.ToString(CultureInfo.InvariantCulture)) : []];
        if (pax.Length > 0)
        {
            Header("././@PaxHeader"u8, pax.Length, 'x');
            Body(pax);
        }

        Header(utf8.AsSpan(0, Math.Min(utf8.Length, NameSize)), size < PaxHeader.UstarSizes ? size : 0, '0');
    }

    private void Header(ReadOnlySpan<byte> name, long size, char type)
    {
        Span<byte> block = stackalloc byte[TarHeader.Block];
        block.Clear();
        name.CopyTo(block);
        "0000644\0"u8.CopyTo(block[100..]);
        "0000000\0"u8.CopyTo(block[108..]);
        "0000000\0"u8.CopyTo(block[116..]);
        Octal(block.Slice(124, 11), size);
        "00000000000\0"u8.CopyTo(block[136..]);
        "        "u8.CopyTo(block[148..]);
        block[156] = (byte)type;
        "ustar\000"u8.CopyTo(block[257..]);
        "00"u8.CopyTo(block[263..]);
        int sum = 0;
        foreach (byte b in block)
        {
            sum += b;
        }

        Octal(block.Slice(148, 6), sum);
        block[154] = 0;
        output.Write(block);
    }

    private void Body(ReadOnlySpan<byte> content)
    {
        output.Write(content);
        Pad(content.Length);
    }

    private void Pad(long size)
    {
        Span<byte> padding = stackalloc byte[TarHeader.Block];
        padding.Clear();
        output.Write(padding[..(int)((TarHeader.Block - (size % TarHeader.Block)) % TarHeader.Block)]);
    }

    // The length counts its own digits.
    private static byte[] PaxRecord(string keyword, string value)
    {
        string text = $" {keyword}={value}\n";
        int rest = Utf8Text.Encode(text).Length;
        int length = rest + 1;
        while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length++;
        }

        return Utf8Text.Encode($"{length}{text}");
    }

    private static void Octal(Span<byte> field, long value)
    {
        for (int i = field.Length - 1; i >= 0; i--)
        {
            field[i] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }
}
