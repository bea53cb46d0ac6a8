using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>A file of a zip archive.</summary>
/// <param name="Name">Plain and relative, with <c>/</c> between folders.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record ZipEntry(string Name, long Size);

/// <summary>Reads a zip archive once from start to end, in flat memory, and writes nothing to disk.</summary>
/// <remarks>
/// The central directory says what comes, and every byte before it belongs to one entry: each local header stands where the entry before it ends, and says the same.
/// Accepted: stored and deflated files, folders, ZIP64, data descriptors. Everything else is refused by name. Why not ZipArchive: docs/decisions/0030-exports.md.
/// Errors: <see cref="MalformedException"/> with the reasons <c>archive.*</c>. Source: APPNOTE.TXT 6.3.10.
/// </remarks>
internal sealed class ZipReader : IDisposable
{
    private const int Free = 1024 * 1024;

    private readonly Stream _stream;
    private readonly ZipDirectory _directory;
    private readonly ArchiveLimits _limits;
    private readonly EntryNames _names = new();
    private readonly Crc32 _crc = new();
    private readonly byte[] _block = new byte[ZipRecord.LocalSize + (2 * ushort.MaxValue)];
    private ZipRecord? _current;
    private InflateStream? _inflate;
    private ZipMarks? _marks;
    private long _position, _left, _total;
    private int _entries, _descriptor;

    /// <summary>The archive in <paramref name="stream"/>, which begins at its first byte, with its <paramref name="directory"/>.</summary>
    public ZipReader(Stream stream, ZipDirectory directory, ArchiveLimits limits) => (_stream, _directory, _limits) = (stream, directory, limits);

    /// <summary>Files whose name is known by a Unicode field alone, so that a reader without those shows other letters beyond ASCII (count).</summary>
    public int FieldNames { get; private set; }

    /// <summary>Entries beyond 2 GiB with wide numbers (ZIP64), of which busybox reads something else (count).</summary>
    public int WideEntries { get; private set; }

    /// <summary>The next file, or null at the end of the archive; what was not read of the current one is passed over.</summary>
    public ZipEntry? Next()
    {
        while (true)
        {
            EndCurrent();
            if (_directory.Next() is not { } record)
            {
                return _position == _directory.Offset ? null : throw Elsewhere("the central directory", _directory.Offset);
            }

            Begin(record);
            WideEntries += record.IsWide ? 1 : 0;
            if (!record.IsFolder)
            {
                FieldNames += record.Named.NeedsField ? 1 : 0;
                return new ZipEntry(_names.AddFile(record.Name), record.Size);
            }

            _names.AddFolder(record.Name);
        }
    }

    /// <summary>The next bytes of the current file; 0 at its end.</summary>
    public int Read(Span<byte> buffer)
    {
        Span<byte> wanted = buffer[..(int)Math.Min(buffer.Length, _left)];
        int count = wanted.IsEmpty ? 0 : _inflate is null ? _stream.Read(wanted) : _inflate.Read(wanted);
        if (count == 0 && !wanted.IsEmpty)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"\"{_current!.Name}\": {_left} bytes less than the central directory says");
        }

        _crc.Append(wanted[..count]);
        _marks?.Append(wanted[..count]);
        _left -= count;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _inflate?.Dispose();

    private void Begin(ZipRecord record)
    {
        Bound(record);
        if (record.Offset != _position)
        {
            throw Elsewhere($"\"{record.Name}\"", record.Offset);
        }

        // The fixed part says how long name and extra fields are.
        Fill(_block.AsSpan(0, ZipRecord.LocalSize));
        ZipCursor lengths = new(_block.AsSpan(ZipRecord.LocalSize - 4, 4), "zip local header");
        int size = ZipRecord.LocalSize + lengths.UInt16() + lengths.UInt16();
        Fill(_block.AsSpan(ZipRecord.LocalSize, size - ZipRecord.LocalSize));
        ZipCursor cursor = new(_block.AsSpan(0, size), $"\"{record.Name}\": local header");
        _descriptor = record.RequireLocal(ref cursor);
        _marks = record.IsEndedByDescriptor ? new ZipMarks(record) : null;
        _position += size + record.PackedSize + _descriptor;
        _inflate = record.Method == ZipMethod.Deflated ? new InflateStream(_stream, record.PackedSize, _limits, $"\"{record.Name}\"") : null;
        if (_inflate is null && record.PackedSize != record.Size)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"\"{record.Name}\" is stored, and its sizes are {record.PackedSize} and {record.Size}");
        }

        (_current, _left) = (record, record.Size);
        _crc.Reset();
    }

    private void EndCurrent()
    {
        if (_current is not { } record)
        {
            return;
        }

        while (_left > 0)
        {
            _ = Read(_block);
        }

        _inflate?.RequireEnd();
        _inflate?.Dispose();
        if (_crc.Value != record.Crc)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"\"{record.Name}\": checksum {_crc.Value:x8}, the central directory says {record.Crc:x8}");
        }

        if (_descriptor > 0)
        {
            Fill(_block.AsSpan(0, _descriptor));
            record.RequireDescriptor(_block.AsSpan(0, _descriptor));
        }

        _current = null;
    }

    private void Bound(ZipRecord record)
    {
        _total += record.Size;
        if (++_entries > _limits.Entries || record.Size > _limits.EntrySize || _total > _limits.TotalSize)
        {
            throw new MalformedException(
                ArchiveReasons.TooLarge, $"\"{record.Name}\" is entry {_entries} and has {record.Size} bytes, {_total} together; limits {_limits.Entries}, {_limits.EntrySize}, {_limits.TotalSize}");
        }

        if (record.Size > Free && record.Size / _limits.Ratio > record.PackedSize)
        {
            throw new MalformedException(ArchiveReasons.Ratio, $"\"{record.Name}\": {record.PackedSize} compressed bytes become {record.Size}, limit {_limits.Ratio} to 1");
        }
    }

    private MalformedException Elsewhere(string what, long offset) => offset > _position
        ? new MalformedException(ArchiveReasons.TrailingBytes, $"zip: {offset - _position} bytes before {what} belong to no entry")
        : new MalformedException(ArchiveReasons.Malformed, $"zip: {what} begins at {offset}, inside the entry that ends at {_position}");

    private void Fill(Span<byte> buffer)
    {
        if (_stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw new MalformedException(ArchiveReasons.Malformed, "zip: an entry reaches into the central directory");
        }
    }
}
