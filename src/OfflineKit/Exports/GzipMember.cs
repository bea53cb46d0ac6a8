using System.Buffers.Binary;
using System.IO.Compression;
using OfflineKit.Archives;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>What a gzip file of exactly one member unpacks to, bounded in size and ratio. Forward only.</summary>
/// <remarks>
/// Why not GZipStream: it joins several members and passes over what follows the last one. The member's CRC-32 is not checked, because every file is compared with its signed
/// SHA-256; its length is. Source: RFC 1952.
/// </remarks>
internal sealed class GzipMember : Stream
{
    private const int HeaderSize = 10, TrailerSize = 8, Free = 1024 * 1024;
    private const byte NameFlag = 0x08;

    private readonly Stream _source;
    private readonly Body _body;
    private readonly DeflateStream _deflate;
    private long _written;
    private bool _ended;

    /// <summary>Unpacks <paramref name="source"/>, which is <paramref name="length"/> bytes long.</summary>
    public GzipMember(Stream source, long length)
    {
        _source = source;
        long header = SkipHeader(source);
        _body = length - header > TrailerSize ? new Body(source, length - header - TrailerSize) : throw Cut();
        _deflate = new DeflateStream(_body, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = Unpack(buffer);
        _written += count;
        if (_written > Free && _written / ExportLimits.Archive.Ratio > _body.Given)
        {
            throw new MalformedException(ArchiveReasons.Ratio, $"{_body.Given} compressed bytes become more than {_written}, limit {ExportLimits.Archive.Ratio} to 1");
        }

        if (count == 0 && buffer.Length > 0 && !_ended)
        {
            _ended = true;
            RequireEnd();
        }

        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
            throw new MalformedException(ArchiveReasons.Malformed, "the gzip file is corrupt or cut");
        }
    }

    private void RequireEnd()
    {
        Span<byte> trailer = stackalloc byte[TrailerSize];
        if (!_body.IsAtEnd)
        {
            throw new MalformedException(ArchiveReasons.TrailingBytes, "bytes or a second member after the end of the compressed data");
        }

        _source.ReadExactly(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)_written)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"the gzip file says another length than the {_written} bytes it holds");
        }
    }

    private static long SkipHeader(Stream source)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (source.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
        {
            throw Cut();
        }

        if (header[2] != 8 || (header[3] & ~NameFlag) != 0)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"gzip header: method {header[2]}, flags {header[3]:x2} (hex); wanted method 8 and at most a file name");
        }

        int size = HeaderSize;
        for (int b = (header[3] & NameFlag) != 0 ? source.ReadByte() : 0; b != 0; b = source.ReadByte())
        {
            if (b < 0 || ++size > Limits.ReadBlock)
            {
                throw Cut();
            }
        }

        return (header[3] & NameFlag) != 0 ? size + 1 : size;
    }

    private static MalformedException Cut() => new(ArchiveReasons.Malformed, "the gzip file is cut");

    /// <summary>The compressed bytes; the last one is given alone, so that it is asked for only if the data really reaches so far.</summary>
    private sealed class Body(Stream source, long size) : Stream
    {
        public long Given { get; private set; }

        public bool IsAtEnd => Given == size;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => size;

        public override long Position
        {
            get => Given;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            long left = size - Given;
            int count = source.Read(buffer[..(int)Math.Min(buffer.Length, left > 1 ? left - 1 : left)]);
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
