using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The central directory and the end records of a zip file, which are its last bytes.</summary>
/// <remarks>
/// Accepted: one disk, an end record, perhaps with a comment of text and zeros behind it, a ZIP64 end record where it is needed, each exactly where the others say. Source: APPNOTE.TXT 6.3.10 §4.3.12 to §4.3.16.
/// Errors: <see cref="MalformedException"/> with the reasons <c>archive.*</c>.
/// </remarks>
internal sealed class ZipDirectory
{
    private const int EndSize = 22, LocatorSize = 20, End64Size = 56, LongestComment = ushort.MaxValue, SizeLimit = 256 * 1024 * 1024;
    private const string What = "zip end record";

    private readonly byte[] _bytes;
    private readonly int _size;
    private readonly long _count;
    private long _parsed;
    private int _position;

    private ZipDirectory(byte[] bytes, long offset, int size, long count) => (_bytes, Offset, _size, _count) = (bytes, offset, size, count);

    /// <summary>Where the directory begins: the entries fill exactly what lies before.</summary>
    public long Offset { get; }

    /// <summary>Everything from <see cref="Offset"/> to the end of the file.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The directory of the zip file in <paramref name="stream"/>, which can seek.</summary>
    public static ZipDirectory Read(Stream stream)
    {
        ForeignMark.RequireNoTar(First(stream));
        byte[] last = Last(stream, EndSize + LongestComment);
        int at = last.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || at > last.Length - EndSize)
        {
            throw new MalformedException(ArchiveReasons.Malformed, "zip: cut, or no end record");
        }

        (long count, long size, long offset) = Fields(last.AsSpan(at), out int comment);
        RequireEnd(last.AsSpan(at + EndSize), comment);
        long end = stream.Length - last.Length + at;
        if (at >= LocatorSize && last.AsSpan(at - LocatorSize).StartsWith("PK\x06\x07"u8))
        {
            end -= LocatorSize + End64Size;
            (count, size, offset) = Fields64(last.AsSpan()[..at], end, (count, size, offset));
        }

        if (size > SizeLimit)
        {
            throw new MalformedException(ArchiveReasons.TooLarge, $"zip: a central directory of {size} bytes, limit {SizeLimit}");
        }

        return offset + size == end
            ? new ZipDirectory(Last(stream, (int)(stream.Length - offset)), offset, (int)size, count)
            : throw new MalformedException(ArchiveReasons.Malformed, $"zip: the central directory is said to lie from {offset} to {offset + size}, its end record begins at {end}");
    }

    /// <summary>The next record; null at the end.</summary>
    public ZipRecord? Next()
    {
        if (_parsed == _count)
        {
            return _position == _size ? null : throw new MalformedException(ArchiveReasons.TrailingBytes, $"zip: {_size - _position} bytes after the {_count} records of the central directory");
        }

        ZipCursor cursor = new(_bytes.AsSpan(_position, _size - _position), "zip central directory");
        ZipRecord record = ZipRecord.Parse(ref cursor);
        _position = _size - cursor.Left;
        _parsed++;
        return record;
    }

    // A comment is text and zeros are padding, as bsdtar writes it into a pipe: neither can hold another end record.
    private static void RequireEnd(ReadOnlySpan<byte> rest, int comment)
    {
        if (comment > rest.Length)
        {
            throw new MalformedException(ArchiveReasons.Malformed, "zip: the comment is cut");
        }

        ArchiveText.RequireComment(rest[..comment], "zip");
        if (rest[comment..].ContainsAnyExcept((byte)0))
        {
            throw new MalformedException(ArchiveReasons.TrailingBytes, "zip: bytes other than zero after the end record");
        }
    }

    private static (long Count, long Size, long Offset) Fields(ReadOnlySpan<byte> record, out int comment)
    {
        ZipCursor cursor = new(record, What);
        cursor.Signature("PK\x05\x06"u8);
        cursor.Require(cursor.UInt16(), 0, "disk");
        cursor.Require(cursor.UInt16(), 0, "disk of the directory");
        int count = cursor.UInt16();
        cursor.Require(cursor.UInt16(), count, "entries");
        (long, long, long) fields = (count, cursor.UInt32(), cursor.UInt32());
        comment = cursor.UInt16();
        return fields;
    }

    // The short record must say the same, or say that the long one does.
    private static (long Count, long Size, long Offset) Fields64(ReadOnlySpan<byte> before, long position, (long Count, long Size, long Offset) told)
    {
        ZipCursor cursor = new(before[Math.Max(0, before.Length - LocatorSize - End64Size)..], "zip64 end record");
        cursor.Signature("PK\x06\x06"u8);
        cursor.Require(cursor.Int64(), End64Size - 12, "size");
        cursor.Skip(4);
        cursor.Require(cursor.UInt32(), 0, "disk");
        cursor.Require(cursor.UInt32(), 0, "disk of the directory");
        long count = cursor.Int64();
        cursor.Require(cursor.Int64(), count, "entries");
        long size = cursor.Int64(), offset = cursor.Int64();
        cursor.Signature("PK\x06\x07"u8);
        cursor.Require(cursor.UInt32(), 0, "disk of the record");
        cursor.Require(cursor.Int64(), position, "offset of the record");
        cursor.Require(cursor.UInt32(), 1, "disks");
        cursor.Require(told.Count == ushort.MaxValue ? count : told.Count, count, "entries");
        cursor.Require(told.Size == uint.MaxValue ? size : told.Size, size, "size of the directory");
        cursor.Require(told.Offset == uint.MaxValue ? offset : told.Offset, offset, "offset of the directory");
        if (told.Offset == uint.MaxValue && !ZipWide.MayNeed(offset))
        {
            throw new MalformedException(ArchiveReasons.Malformed, "zip: the end record has a wide offset (ZIP64) that it does not need: busybox looks for another end record before it; make the archive without forcing ZIP64");
        }

        return (count, size, offset);
    }

    private static ReadOnlySpan<byte> First(Stream stream)
    {
        byte[] bytes = new byte[TarHeader.Block];
        stream.Position = 0;
        return bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    private static byte[] Last(Stream stream, int count)
    {
        byte[] bytes = new byte[Math.Min(count, stream.Length)];
        stream.Position = stream.Length - bytes.Length;
        stream.ReadExactly(bytes);
        return bytes;
    }
}
