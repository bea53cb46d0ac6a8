using System.Buffers.Binary;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>What a gzip file of exactly one member unpacks to, bounded in ratio. Forward only.</summary>
/// <remarks>Why not GZipStream: it joins several members and passes over what follows the last one. Source: RFC 1952.</remarks>
internal sealed class GzipMember : ForwardStream
{
    private const string What = "gzip file";
    private const int HeaderSize = 10, TrailerSize = 8;
    private const byte NameFlag = 0x08;

    private readonly Stream _source;
    private readonly InflateStream _content;
    private readonly Crc32 _crc = new();
    private bool _ended;

    /// <summary>Unpacks <paramref name="source"/>, which is <paramref name="length"/> bytes long.</summary>
    public GzipMember(Stream source, long length, ArchiveLimits limits)
    {
        _source = source;
        long header = SkipHeader(source);
        _content = length - header > TrailerSize ? new InflateStream(source, length - header - TrailerSize, limits, What) : throw Cut();
    }

    /// <summary>The content begins with the magic number of a gzip file.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content) => content.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    public override long Position
    {
        get => _content.Position;
    }

    public override int Read(Span<byte> buffer)
    {
        int count = _content.Read(buffer);
        _crc.Append(buffer[..count]);
        if (count == 0 && buffer.Length > 0 && !_ended)
        {
            _ended = true;
            RequireEnd();
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private void RequireEnd()
    {
        Span<byte> trailer = stackalloc byte[TrailerSize];
        _content.RequireEnd();
        _source.ReadExactly(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _crc.Value || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)_content.Position)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"{What}: checksum or length are not those of the {_content.Position} bytes it holds");
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

    private static MalformedException Cut() => new(ArchiveReasons.Malformed, $"{What}: cut");
}
