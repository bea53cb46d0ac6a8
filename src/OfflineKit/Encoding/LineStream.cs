namespace OfflineKit.Encoding;

/// <summary>Reads a stream line by line in bounded memory: LF ends a line, one CR before it is dropped.</summary>
/// <remarks>Nothing is decoded. The last line may lack its LF.</remarks>
internal sealed class LineStream(Stream stream, int limit) : IDisposable
{
    private readonly byte[] _block = new byte[64 * 1024];
    private readonly MemoryStream _line = new();
    private int _next, _end;

    /// <summary>The number of the line that was read last, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line that was read last is longer than the limit; only its beginning was kept.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next line without its line end, or null at the end.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public byte[]? Next()
    {
        _line.SetLength(0);
        IsCut = false;
        bool any = false;
        while (Fill())
        {
            any = true;
            ReadOnlySpan<byte> rest = _block.AsSpan(_next, _end - _next);
            int lineFeed = rest.IndexOf((byte)'\n');
            Keep(lineFeed < 0 ? rest : rest[..lineFeed]);
            _next += lineFeed < 0 ? rest.Length : lineFeed + 1;
            if (lineFeed >= 0)
            {
                break;
            }
        }

        if (!any)
        {
            return null;
        }

        Number++;
        byte[] line = _line.ToArray();
        return line.AsSpan().EndsWith("\r"u8) ? line[..^1] : line;
    }

    /// <summary>Frees the buffer; the stream stays the caller's.</summary>
    public void Dispose() => _line.Dispose();

    private bool Fill()
    {
        if (_next == _end)
        {
            (_next, _end) = (0, stream.Read(_block));
        }

        return _next < _end;
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        int room = limit - (int)_line.Length;
        IsCut |= piece.Length > room;
        _line.Write(piece[..Math.Min(piece.Length, room)]);
    }
}
