namespace OfflineKit.Host.Serve;

/// <summary>Reads lines of bytes from a stream; a line over the limit is skipped to its end and told as such. Marks of Windows PowerShell 5.1 are no part of a line.</summary>
internal sealed class BoundedLines(Stream input, int limit)
{
    private readonly byte[] _block = new byte[64 * 1024];
    private Stream? _text;
    private int _at, _end;

    /// <summary>The line that was read last ended in a line feed: nothing of it was cut off.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The next line without its line end.</summary>
    /// <returns>False at the end of the stream; <paramref name="line"/> is null for a line over the limit.</returns>
    public bool Next(out byte[]? line)
    {
        line = null;
        using MemoryStream collected = new();
        bool any = false, tooLong = false, ended = false;
        while (_at < _end || Fill())
        {
            any = true;
            ReadOnlySpan<byte> rest = _block.AsSpan(_at, _end - _at);
            int newline = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> piece = newline < 0 ? rest : rest[..newline];
            tooLong |= collected.Length + piece.Length > limit;
            if (!tooLong)
            {
                collected.Write(piece);
            }

            _at += newline < 0 ? rest.Length : newline + 1;
            if (newline >= 0)
            {
                ended = true;
                break;
            }
        }

        IsWhole = any ? ended : IsWhole;

        line = tooLong || !any ? null : collected.ToArray();
        return any;
    }

    private bool Fill()
    {
        _at = 0;
        _text ??= MarkedText.Utf8Of(input);
        _end = _text.Read(_block);
        return _end > 0;
    }
}
