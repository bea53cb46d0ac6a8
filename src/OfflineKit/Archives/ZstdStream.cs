using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>What a Zstandard file unpacks to, bounded in memory, in size and in ratio. Read once, forward only.</summary>
/// <remarks>
/// Shape: one RFC 8878 frame; windows up to 128 MiB, the default of the reference program.
/// Errors: <see cref="MalformedException"/> with the reasons <c>archive.*</c>: other bytes, a cut file, an output beyond the limits.
/// </remarks>
internal sealed unsafe class ZstdStream : ForwardStream
{
    private const int WindowLog = 27, Free = 1024 * 1024;

    private readonly Stream _source;
    private readonly ArchiveLimits _limits;
    private readonly Zstd _library;
    private readonly byte[] _input = new byte[64 * 1024];
    private nint _context;
    private int _start, _end;
    private long _read, _written;
    private bool _insideFrame, _ended;

    /// <summary>Unpacks <paramref name="source"/>, which is disposed with this.</summary>
    public ZstdStream(Stream source, ArchiveLimits limits)
        : this(source, limits, Zstd.OfThisPlatform)
    {
    }

    internal ZstdStream(Stream source, ArchiveLimits limits, Zstd library)
    {
        (_source, _limits, _library) = (source, limits, library);
        _context = library.CreateStream();
        Require(_context == 0 ? throw new InvalidOperationException("zstd did not start") : library.SetParameter(_context, Zstd.WindowLogMax, WindowLog));
    }

    /// <summary>The content begins with the magic number of a Zstandard frame.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content) => content.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]);

    /// <inheritdoc/>
    public override long Position
    {
        get => _written;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        while (buffer.Length > 0)
        {
            bool more = Refill();
            if (more && _ended)
            {
                throw new MalformedException(ArchiveReasons.TrailingBytes, "bytes after the end of the zstd frame");
            }

            int count = Step(buffer);
            if (count > 0)
            {
                Bound(count);
                return count;
            }

            if (!more)
            {
                return !_insideFrame ? 0 : throw new MalformedException(ArchiveReasons.Malformed, "the zstd file ends in the middle of a frame");
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_context != 0)
        {
            _library.FreeStream(_context);
            _context = 0;
        }

        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Refill()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, _source.Read(_input));
            _read += _end;
        }

        return _start < _end;
    }

    private int Step(Span<byte> output)
    {
        fixed (byte* from = _input)
        fixed (byte* to = output)
        {
            Zstd.Buffer source = new() { Start = from, Size = (nuint)_end, Position = (nuint)_start };
            Zstd.Buffer target = new() { Start = to, Size = (nuint)output.Length };
            if (_start == _end && !_insideFrame)
            {
                return 0;
            }

            // 0 is the end of a frame; anything else asks for more input or room.
            nuint hint = _library.Decompress(_context, &target, &source);
            Require(hint);
            _insideFrame = hint != 0;
            _ended = hint == 0;
            _start = (int)source.Position;
            return (int)target.Position;
        }
    }

    private void Bound(int count)
    {
        _written += count;
        if (_written > _limits.TotalSize)
        {
            throw new MalformedException(ArchiveReasons.TooLarge, $"more than {_limits.TotalSize} bytes unpacked");
        }

        if (_written > Free && _written / _limits.Ratio > _read)
        {
            throw new MalformedException(ArchiveReasons.Ratio, $"{_read} compressed bytes become more than {_written}, limit {_limits.Ratio} to 1");
        }
    }

    private void Require(nuint result)
    {
        if (_library.IsError(result))
        {
            throw new MalformedException(ArchiveReasons.Malformed, "the zstd file is corrupt, needs a dictionary or a window of more than 128 MiB");
        }
    }
}
