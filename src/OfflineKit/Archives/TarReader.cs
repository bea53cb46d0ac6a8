using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>A file of a tar archive.</summary>
/// <param name="Name">Plain and relative, with <c>/</c> between folders.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record TarEntry(string Name, long Size);

/// <summary>Reads a tar archive once from start to end, in flat memory, and writes nothing to disk.</summary>
/// <remarks>
/// Accepted: ustar headers (POSIX or GNU magic), files, folders, pax headers that give a path, a time or a size beyond ustar's 8 GiB. Everything else is refused by name: links, devices,
/// GNU long names and sparse files, global pax headers, binary numbers, names that leave the archive, two names for one file, bytes in padding or behind the end.
/// Errors: <see cref="MalformedException"/> with the reasons <c>archive.*</c>. Why not System.Formats.Tar: docs/decisions/0020-archives.md.
/// </remarks>
public sealed class TarReader
{
    private const int PaxLimit = 64 * 1024;

    private readonly Stream _stream;
    private readonly ArchiveLimits _limits;
    private readonly EntryNames _names = new();
    private readonly byte[] _block = new byte[TarHeader.Block];
    private long _total, _left, _padding;
    private int _entries;
    private bool _ended;

    /// <summary>The archive in <paramref name="stream"/>, already decompressed.</summary>
    public TarReader(Stream stream, ArchiveLimits limits) => (_stream, _limits) = (stream, limits);

    /// <summary>The next file, or null at the end of the archive; what was not read of the current one is passed over.</summary>
    public TarEntry? Next()
    {
        PaxHeader? pax = null;
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
                    return File(header, pax);
                case '5' when header.Size == 0 && pax?.Size is null:
                    _names.AddFolder(pax?.Name ?? header.Name);
                    pax = null;
                    break;
                case 'x' when pax is null:
                    Begin(header.Size > PaxLimit ? throw new MalformedException(ArchiveReasons.TooLarge, $"pax header of {header.Size} bytes, limit {PaxLimit}") : header.Size);
                    pax = PaxHeader.Parse(ReadAll());
                    break;
                default:
                    throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{header.Name}\" is of type {Describe(header.Type)}");
            }
        }

        return pax is null ? null : throw new MalformedException(ArchiveReasons.Malformed, "a pax header without its file");
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

    private TarEntry File(TarHeader header, PaxHeader? pax)
    {
        long size = pax?.Size is not { } large ? header.Size
            : header.Size == 0 ? large
            : throw new MalformedException(ArchiveReasons.Malformed, $"\"{header.Name}\" has {header.Size} bytes by its own header and {large} by its pax header");
        Begin(size);
        return new TarEntry(_names.AddFile(pax?.Name ?? header.Name), size);
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
        'g' => "global pax header",
        'L' or 'K' => "GNU long name",
        'S' => "GNU sparse file",
        _ => $"0x{(int)type:X2}",
    };
}
