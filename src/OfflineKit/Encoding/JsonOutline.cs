namespace OfflineKit.Encoding;

/// <summary>The member names at the top of something that begins like a JSON object, for telling formats apart before anything is parsed.</summary>
/// <remarks>Looks at two levels, stops after the first object or at <see cref="Reach"/> bytes, checks nothing and never refuses.</remarks>
internal static class JsonOutline
{
    /// <summary>How far the scan goes (bytes).</summary>
    public const int Reach = 1024 * 1024;

    /// <summary>The names, a nested one as <c>outer.inner</c>; empty when <paramref name="content"/> does not begin with an object.</summary>
    public static HashSet<string> Of(ReadOnlySpan<byte> content) => Scan(content, "{["u8, "}]"u8);

    /// <summary>The same where a list counts as what it holds: a name in an element of <c>outer</c> is <c>outer.inner</c>.</summary>
    public static HashSet<string> OfElements(ReadOnlySpan<byte> content) => Scan(content, "{"u8, "}"u8);

    private static HashSet<string> Scan(ReadOnlySpan<byte> content, ReadOnlySpan<byte> openers, ReadOnlySpan<byte> closers)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        content = content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? content[3..] : content;
        ReadOnlySpan<byte> rest = content[..Math.Min(content.Length, Reach)].TrimStart(" \t\r\n"u8);
        if (!rest.StartsWith("{"u8))
        {
            return names;
        }

        string outer = "";
        int depth = 0;
        while (!rest.IsEmpty)
        {
            byte b = rest[0];
            rest = rest[1..];
            depth += openers.Contains(b) ? 1 : closers.Contains(b) ? -1 : 0;
            if (depth == 0)
            {
                break;
            }

            if (b == (byte)'"' && Name(ref rest) is { } name && depth <= 2)
            {
                outer = depth == 1 ? name : outer;
                names.Add(depth == 1 ? name : $"{outer}.{name}");
            }
        }

        return names;
    }

    // Moves behind the string that has begun; its text if a colon follows, which makes it a name.
    private static string? Name(ref ReadOnlySpan<byte> rest)
    {
        int end = 0;
        while (end < rest.Length && rest[end] != (byte)'"')
        {
            end += rest[end] == (byte)'\\' ? 2 : 1;
        }

        end = Math.Min(end, rest.Length);
        ReadOnlySpan<byte> text = rest[..end];
        rest = rest[Math.Min(end + 1, rest.Length)..];
        return rest.TrimStart(" \t\r\n"u8).StartsWith(":"u8) ? System.Text.Encoding.UTF8.GetString(text) : null;
    }
}
