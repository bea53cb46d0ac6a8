namespace OfflineKit.Encoding;

/// <summary>One PEM block: its label and the bytes inside.</summary>
/// <param name="Label">The words after BEGIN, such as <c>PUBLIC KEY</c>.</param>
/// <param name="Content">The decoded bytes.</param>
/// <remarks>
/// Explanatory text before BEGIN is allowed, white space after END too, anything else is malformed; so is a second block.
/// Source: RFC 7468 §2, read strictly: lines of base64, LF or CRLF.
/// </remarks>
internal sealed record Pem(string Label, ReadOnlyMemory<byte> Content)
{
    /// <summary>The text holds a PEM block, well-formed or not.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> text) => text.IndexOf("-----BEGIN "u8) >= 0;

    /// <summary>The only PEM block of <paramref name="text"/>.</summary>
    public static Pem ParseOne(ReadOnlySpan<byte> text, string what)
    {
        Pem block = ParseFirst(text, what, out ReadOnlySpan<byte> rest);
        if (LooksLike(rest))
        {
            throw new MalformedException($"{what}: more than one PEM block");
        }

        return rest.ContainsAnyExcept(" \t\r\n"u8)
            ? throw new MalformedException($"{what}: text after the PEM block")
            : block;
    }

    /// <summary>Every PEM block of <paramref name="text"/>, at most <paramref name="limit"/>.</summary>
    public static List<Pem> ParseAll(ReadOnlySpan<byte> text, int limit, string what)
    {
        List<Pem> blocks = [];
        while (LooksLike(text))
        {
            blocks.Add(ParseFirst(text, what, out text));
            if (blocks.Count > limit)
            {
                throw new MalformedException($"{what}: more than {limit} PEM blocks");
            }
        }

        return text.ContainsAnyExcept(" \t\r\n"u8)
            ? throw new MalformedException($"{what}: text after the PEM block")
            : blocks;
    }

    private static Pem ParseFirst(ReadOnlySpan<byte> text, string what, out ReadOnlySpan<byte> rest)
    {
        int begin = text.IndexOf("-----BEGIN "u8);
        if (begin < 0)
        {
            throw new MalformedException($"{what}: no PEM block");
        }

        if (begin > 0 && text[begin - 1] != (byte)'\n')
        {
            throw new MalformedException($"{what}: BEGIN does not start a line");
        }

        LineCursor lines = new(text[begin..]);
        string label = LabelOf(lines.TerminatedLine("PEM BEGIN line"), "-----BEGIN "u8, what);
        List<byte> base64 = [];
        while (true)
        {
            ReadOnlySpan<byte> line = lines.Line($"{what}: PEM END line");
            if (line.StartsWith("-----"u8))
            {
                string end = LabelOf(line, "-----END "u8, what);
                rest = lines.Rest;
                return string.Equals(end, label, StringComparison.Ordinal)
                    ? new Pem(label, StrictBase64.Decode(base64.ToArray().AsSpan(), what))
                    : throw new MalformedException($"{what}: PEM labels differ: BEGIN {label}, END {end}");
            }

            base64.AddRange(line);
        }
    }

    private static string LabelOf(ReadOnlySpan<byte> line, ReadOnlySpan<byte> prefix, string what)
    {
        if (!line.StartsWith(prefix) || !line.EndsWith("-----"u8) || line.Length <= prefix.Length + 5)
        {
            throw new MalformedException($"{what}: malformed PEM line");
        }

        return Utf8Text.DecodePrintable(line[prefix.Length..^5], what);
    }
}
