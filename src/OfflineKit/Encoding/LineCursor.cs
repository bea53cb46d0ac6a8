namespace OfflineKit.Encoding;

/// <summary>Reads a text of LF-terminated lines; one CR before an LF is dropped, any other CR is malformed.</summary>
/// <remarks>Byte based: nothing is decoded, trimmed or replaced, because some of these bytes are signed.</remarks>
internal ref struct LineCursor(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>Nothing is left.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Everything after the last line read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>The next line, which must end in LF, without its line end.</summary>
    public ReadOnlySpan<byte> TerminatedLine(string what)
    {
        if (_rest.IndexOf((byte)'\n') < 0)
        {
            throw new MalformedException(_rest.IsEmpty ? $"{what} is missing" : $"{what}: the line has no line feed");
        }

        return Line(what);
    }

    /// <summary>The next line, whose LF may be absent when it is the last one.</summary>
    public ReadOnlySpan<byte> Line(string what)
    {
        if (_rest.IsEmpty)
        {
            throw new MalformedException($"{what} is missing");
        }

        int end = _rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        return line.Contains((byte)'\r')
            ? throw new MalformedException($"{what}: a carriage return inside the line")
            : line;
    }

    /// <summary>Refuses everything after the last expected line but empty lines.</summary>
    public readonly void OnlyEmptyLinesFollow(string what)
    {
        if (_rest.ContainsAnyExcept((byte)'\n', (byte)'\r'))
        {
            throw new MalformedException($"{what}: text after the last line");
        }
    }
}
