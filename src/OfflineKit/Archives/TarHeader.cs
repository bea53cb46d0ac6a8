using System.Buffers;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>One 512-byte header of a tar archive, read strictly.</summary>
/// <param name="Name">The bytes of the name, prefix joined: what a reader sees that knows no extended headers.</param>
/// <param name="Size">Bytes of content that follow.</param>
/// <param name="Type">The type flag.</param>
/// <remarks>Source: POSIX.1-2017, pax, "ustar Interchange Format". GNU's magic is accepted; the fields that it puts where POSIX has a prefix are not.</remarks>
internal readonly record struct TarHeader(byte[] Name, long Size, char Type)
{
    public const int Block = 512;

    private const int ModeAt = 100, SizeAt = 124, ChecksumAt = 148, ChecksumSize = 8, TypeAt = 156, LinkAt = 157, NameSize = 100, MagicAt = 257, DeviceAt = 329, PrefixAt = 345, PrefixSize = 155;

    // star, and node-tar after it, end the prefix earlier and put two times of twelve bytes behind its last NUL.
    private const int StarTimesAt = 476, StarTimesSize = 24;

    private static readonly SearchValues<byte> StarTimes = SearchValues.Create("01234567 \0"u8);

    /// <summary>The header in <paramref name="block"/>.</summary>
    public static TarHeader Parse(ReadOnlySpan<byte> block)
    {
        RequireChecksum(block);
        bool posix = block.Slice(MagicAt, 8).SequenceEqual("ustar\00000"u8[..8]);
        bool gnu = block.Slice(MagicAt, 8).SequenceEqual("ustar  \0"u8);
        if (!posix && !gnu)
        {
            throw new MalformedException(ArchiveReasons.Malformed, "tar header: no ustar magic");
        }

        ReadOnlySpan<byte> name = Text(block[..NameSize], "name");
        ReadOnlySpan<byte> prefix = posix ? Prefix(block[PrefixAt..]) : NoPrefix(block[PrefixAt..], name);
        TarHeader header = new(
            prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name], TarNumber.Octal(block.Slice(SizeAt, 12), "size"), (char)block[TypeAt]);
        header.RequirePlain(block);
        RequireNumbers(block);
        return header;
    }

    /// <summary>A reader that knows no magic would take <paramref name="block"/> for the header of a tar archive, by its checksum alone.</summary>
    public static bool CouldBe(ReadOnlySpan<byte> block)
    {
        if (block.Length < Block || TarNumber.ReadLeniently(block.Slice(ChecksumAt, ChecksumSize)) is not { } stated)
        {
            return false;
        }

        long signed = ChecksumSize * ' ';
        for (int i = 0; i < Block; i++)
        {
            signed += IsChecksum(i) ? 0 : unchecked((sbyte)block[i]);
        }

        return stated == signed || stated == Sum(block);
    }

    private static void RequireChecksum(ReadOnlySpan<byte> block)
    {
        long sum = Sum(block), wanted = TarNumber.Octal(block.Slice(ChecksumAt, ChecksumSize), "checksum");
        if (sum != wanted)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"tar header: checksum {sum}, the header says {wanted}");
        }
    }

    private static long Sum(ReadOnlySpan<byte> block)
    {
        long sum = ChecksumSize * ' ';
        for (int i = 0; i < Block; i++)
        {
            sum += IsChecksum(i) ? 0 : block[i];
        }

        return sum;
    }

    private static void RequireNumbers(ReadOnlySpan<byte> block)
    {
        _ = TarNumber.Octal(block.Slice(ModeAt, 8), "mode");
        TarNumber.RequireOwner(block.Slice(ModeAt + 8, 8), "owner");
        TarNumber.RequireOwner(block.Slice(ModeAt + 16, 8), "group");
        TarNumber.RequireTime(block.Slice(SizeAt + 12, 12));
        TarNumber.RequireDevice(block.Slice(DeviceAt, 8));
        TarNumber.RequireDevice(block.Slice(DeviceAt + 8, 8));
    }

    private static bool IsChecksum(int index) => index is >= ChecksumAt and < ChecksumAt + ChecksumSize;

    private static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> rest)
    {
        Span<byte> field = stackalloc byte[PrefixSize];
        rest[..PrefixSize].CopyTo(field);
        Span<byte> times = field.Slice(StarTimesAt - PrefixAt, StarTimesSize);
        if (field[StarTimesAt - PrefixAt - 1] == 0 && !times.ContainsAnyExcept(StarTimes))
        {
            times.Clear();
        }

        int length = Text(field, "prefix").Length;
        RequireZero(rest[PrefixSize..], "bytes behind the prefix");
        return rest[..length];
    }

    // Some readers take these bytes for a folder, others for times and the map of a sparse file.
    private static ReadOnlySpan<byte> NoPrefix(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name)
    {
        RequireZero(rest, $"\"{Utf8Text.Spell(name)}\": bytes where GNU's magic allows no prefix");
        return default;
    }

    // The rest after the first NUL must be NUL: other readers would take it for a longer name.
    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field, string what)
    {
        int end = field.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? field : field[..end];
        RequireZero(field[text.Length..], $"bytes after the end of the {what}");
        return text;
    }

    private static void RequireZero(ReadOnlySpan<byte> bytes, string what)
    {
        if (bytes.ContainsAnyExcept((byte)0))
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"tar header: {what}");
        }
    }

    // Of files and folders: no link's target, and a mode that gives nothing beyond reading, writing and executing. Some writers repeat the type in the mode.
    private void RequirePlain(ReadOnlySpan<byte> block)
    {
        const long Rights = 0x1FF, File = 0x8000, Folder = 0x4000;
        if (Type is not ('0' or '\0' or '5'))
        {
            return;
        }

        RequireZero(block.Slice(LinkAt, NameSize), $"\"{Utf8Text.Spell(Name)}\" is no link and has a target");
        long mode = TarNumber.Octal(block.Slice(ModeAt, 8), "mode"), type = Type == '5' ? Folder : File;
        if ((mode & ~Rights) is not 0 && (mode & ~Rights) != type)
        {
            throw new MalformedException(
                ArchiveReasons.UnsafeEntry, $"\"{Utf8Text.Spell(Name)}\" has mode {Convert.ToString(mode, 8)} (octal): more than the rights to read, write and execute");
        }
    }
}
