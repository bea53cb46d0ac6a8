using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>A file of a tar archive.</summary>
/// <param name="Name">Plain and relative, with <c>/</c> between folders.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record TarEntry(string Name, long Size);

/// <summary>Reads a tar archive once from start to end, in flat memory, and writes nothing to disk.</summary>
/// <remarks>
/// Accepted: ustar headers (POSIX or GNU magic), files, folders, pax headers that give a path, a size, times or attributes of users, GNU long names, and a global header with git's
/// comment. Everything else is refused by name: links, devices, sparse files, rights beyond reading, writing and executing, binary numbers, names that leave the archive, two names
/// for one file, bytes in padding or behind the end. So what is read here is what other readers extract.
/// Errors: <see cref="MalformedException"/> with the reasons <c>archive.*</c>. Why not System.Formats.Tar: docs/decisions/0020-archives.md.
/// </remarks>
internal sealed class TarReader
{
    private const int ExtensionLimit = 1024 * 1024;

    private readonly Stream _stream;
    private readonly ArchiveLimits _limits;
    private readonly EntryNames _names = new();
    private readonly byte[] _block = new byte[TarHeader.Block];
    private long _total, _left, _padding;
    private int _entries;
    private bool _ended;

    /// <summary>The archive in <paramref name="stream"/>, already decompressed.</summary>
    public TarReader(Stream stream, ArchiveLimits limits) => (_stream, _limits) = (stream, limits);

    /// <summary>Extended attributes of files and folders, which are not content (count).</summary>
    public int Attributes { get; private set; }

    /// <summary>The next file, or null at the end of the archive; what was not read of the current one is passed over.</summary>
    public TarEntry? Next()
    {
        PaxHeader? extension = null;
        while (!_ended)
        {
            SkipContent();
            if (ReadHeader() is not { } header)
            {
                End();
                break;
            }

            if (++_entries > _limits.Entries)
            {
                throw new MalformedException(ArchiveReasons.TooLarge, $"more than {_limits.Entries} entries");
            }

            switch (header.Type)
            {
                case '0' or '\0':
                    return File(header, extension);
                case '5' when header.Size == 0 && extension?.Size is null or 0:
                    _names.AddFolder(NameOf(header, extension));
                    extension = null;
                    break;
                case 'x' when extension is null:
                    extension = PaxHeader.Parse(ReadExtension(header));
                    break;
                case 'L' when extension is null:
                    extension = PaxHeader.LongName(ReadExtension(header));
                    break;
                case 'g' when _entries == 1:
                    PaxHeader.RequireComments(ReadExtension(header));
                    break;
                default:
                    throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{Utf8Text.Spell(header.Name)}\" is of type {Describe(header.Type)}");
            }
        }

        return extension is null ? null : throw new MalformedException(ArchiveReasons.Malformed, "an extended header without its file");
    }

    /// <summary>The next bytes of the current file; 0 at its end.</summary>
    public int Read(Span<byte> buffer)
    {
        int count = buffer.Length == 0 || _left == 0 ? 0 : _stream.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (count == 0 && _left > 0 && buffer.Length > 0)
        {
            throw Truncated();
        }

        _left -= count;
        return count;
    }

    /// <summary>The whole content of the current file.</summary>
    public byte[] ReadAll()
    {
        byte[] content = new byte[checked((int)_left)];
        for (int read = 0; read < content.Length;)
        {
            read += Read(content.AsSpan(read));
        }

        return content;
    }

    private TarEntry File(TarHeader header, PaxHeader? extension)
    {
        long size = extension?.Size ?? header.Size;
        bool isTwice = header.Size == size || (header.Size == 0 && size >= PaxHeader.UstarSizes);
        if (!isTwice || (header.Size >= PaxHeader.UstarSizes && extension?.Size is null))
        {
            throw new MalformedException(
                ArchiveReasons.Malformed, $"\"{Utf8Text.Spell(header.Name)}\" has {header.Size} bytes by its own header and {extension?.Size?.ToString(CultureInfo.InvariantCulture) ?? "none"} by an extended one");
        }

        Begin(size);
        return new TarEntry(_names.AddFile(NameOf(header, extension)), size);
    }

    private string NameOf(TarHeader header, PaxHeader? extension)
    {
        Attributes += extension?.Attributes ?? 0;
        if (extension?.Name is not { } full || header.Name.AsSpan().SequenceEqual(full))
        {
            return ArchiveText.Decode(header.Name);
        }

        if (!extension.IsReadWhole)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"\"{Utf8Text.Spell(full)}\" is called so by an extended header with a zero byte, at which some readers stop");
        }

        // node-tar puts the dot of the current folder before what it cuts.
        ReadOnlySpan<byte> own = header.Name.AsSpan().StartsWith("./"u8) && !full.AsSpan().StartsWith("./"u8) ? header.Name.AsSpan(2) : header.Name;
        TarName.RequireSame(own, full);
        ArchiveText.RequirePrintable(own);
        if (header.Type != '5')
        {
            _names.AddAlias(own);
        }

        return ArchiveText.Decode(full);
    }

    private byte[] ReadExtension(TarHeader header)
    {
        ArchiveText.RequirePrintable(header.Name);
        Begin(header.Size > ExtensionLimit ? throw new MalformedException(ArchiveReasons.TooLarge, $"extended header of {header.Size} bytes, limit {ExtensionLimit}") : header.Size);
        return ReadAll();
    }

    private void Begin(long size)
    {
        if (size > _limits.EntrySize)
        {
            throw new MalformedException(ArchiveReasons.TooLarge, $"an entry of {size} bytes, limit {_limits.EntrySize}");
        }

        Count(size);
        _left = size;
        _padding = (TarHeader.Block - (size % TarHeader.Block)) % TarHeader.Block;
    }

    private void SkipContent()
    {
        Span<byte> waste = stackalloc byte[TarHeader.Block];
        while (Read(waste) > 0)
        {
        }

        Fill(waste[..(int)_padding]);
        if (waste[..(int)_padding].ContainsAnyExcept((byte)0))
        {
            throw new MalformedException(ArchiveReasons.TrailingBytes, "bytes other than zero in the padding of an entry");
        }

        Count(_padding);
        _padding = 0;
    }

    // Null: the first block of the end mark.
    private TarHeader? ReadHeader()
    {
        Count(TarHeader.Block);
        Fill(_block);
        if (_total == TarHeader.Block)
        {
            ForeignMark.Require(_block);
        }

        return _block.AsSpan().ContainsAnyExcept((byte)0) ? TarHeader.Parse(_block) : null;
    }

    private void End()
    {
        _ended = true;
        Fill(_block);
        do
        {
            Count(TarHeader.Block);
            if (_block.AsSpan().ContainsAnyExcept((byte)0))
            {
                throw new MalformedException(ArchiveReasons.TrailingBytes, "bytes other than zero after the end mark");
            }
        }
        while (MoreZeros());
    }

    private bool MoreZeros()
    {
        Array.Clear(_block);
        return _stream.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false) > 0;
    }

    private void Fill(Span<byte> buffer)
    {
        if (_stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw Truncated();
        }
    }

    private void Count(long bytes)
    {
        _total += bytes;
        if (_total > _limits.TotalSize)
        {
            throw new MalformedException(ArchiveReasons.TooLarge, $"more than {_limits.TotalSize} bytes unpacked");
        }
    }

    private static MalformedException Truncated() => new(ArchiveReasons.Malformed, "the archive ends in the middle");

    private static string Describe(char type) => type switch
    {
        '1' => "hard link",
        '2' => "symbolic link",
        '3' => "character device",
        '4' => "block device",
        '6' => "fifo",
        'g' => "global pax header behind the first entry",
        'x' or 'L' => "extended header behind an extended header",
        'K' => "GNU long link",
        '5' => "folder with content",
        'S' => "GNU sparse file",
        _ => $"0x{(int)type:X2}",
    };
}
