using System.IO.Compression;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>What one raw deflate stream of a known length unpacks to, bounded in ratio. Forward only.</summary>
/// <remarks>
/// Errors: <see cref="MalformedException"/>: the stream is corrupt, ends before its length does or not at all, or becomes too much. Source: RFC 1951.
/// DeflateStream is asked for the algorithm alone: where the stream ends is checked here, to the byte.
/// </remarks>
internal sealed class InflateStream : ForwardStream
{
    private const int Free = 1024 * 1024;

    private readonly Packed _packed;
    private readonly DeflateStream _deflate;
    private readonly ArchiveLimits _limits;
    private readonly string _what;
    private long _written;

    /// <summary>Unpacks the next <paramref name="size"/> bytes of <paramref name="source"/>, which is not disposed.</summary>
    public InflateStream(Stream source, long size, ArchiveLimits limits, string what)
    {
        _packed = new Packed(source, size);
        _deflate = new DeflateStream(_packed, CompressionMode.Decompress);
        (_limits, _what) = (limits, what);
    }

    public override long Position
    {
        get => _written;
    }

    public override int Read(Span<byte> buffer)
    {
        int count = Unpack(buffer);
        _written += count;
        if (_written > Free && _written / _limits.Ratio > _packed.Given)
        {
            throw new MalformedException(ArchiveReasons.Ratio, $"{_what}: {_packed.Given} compressed bytes become more than {_written}, limit {_limits.Ratio} to 1");
        }

        return count;
    }

    /// <summary>Refuses what does not end exactly here.</summary>
    public void RequireEnd()
    {
        Span<byte> more = stackalloc byte[1];
        if (Read(more) > 0)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"{_what}: the compressed data becomes more than the {_written - 1} bytes that are stated");
        }

        // A reader that streams would go on into what follows (RFC 1951 §3.2.3: the last block says that it is).
        if (_packed.IsOverdrawn)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"{_what}: the compressed data has no final block");
        }

        if (!_packed.IsAtEnd)
        {
            throw new MalformedException(ArchiveReasons.TrailingBytes, $"{_what}: bytes after the end of the compressed data");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _deflate.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return _deflate.Read(buffer);
        }
        catch (InvalidDataException)
        {
            // DeflateStream reports a corrupt or cut stream this way.
            throw new MalformedException(ArchiveReasons.Malformed, $"{_what}: the compressed data is corrupt or cut");
        }
    }

    /// <summary>The compressed bytes; the last one is given alone, so that it is asked for only if the data really reaches so far.</summary>
    private sealed class Packed(Stream source, long size) : ForwardStream
    {
        public long Given { get; private set; }

        public bool IsAtEnd => Given == size;

        /// <summary>More was wanted than there is: the data does not end by itself.</summary>
        public bool IsOverdrawn { get; private set; }

        public override long Length => size;

        public override long Position
        {
            get => Given;
        }

        public override int Read(Span<byte> buffer)
        {
            long left = size - Given;
            IsOverdrawn |= left == 0;
            int count = source.Read(buffer[..(int)Math.Min(buffer.Length, left > 1 ? left - 1 : left)]);
            Given += count;
            return count;
        }
    }
}
