
namespace OfflineKit.Campaign.Changes;

/// <summary>A text changed line by line, and in what holds for all of its lines.</summary>
internal static class LineChanges
{
    private static readonly byte[] Mark = [0xef, 0xbb, 0xbf];

    /// <summary>Every change; none of what is no text.</summary>
    public static IEnumerable<Change> Of(byte[] file)
    {
        if (file.Length == 0 || file.AsSpan().IndexOf((byte)0) >= 0)
        {
            return [];
        }

        byte[][] lines = [.. Split(file)];
        return lines.Length > 2000 ? OfAll(file, lines) : OfAll(file, lines).Concat(Enumerable.Range(0, lines.Length).SelectMany(at => OfOne(lines, at)));
    }

    private static IEnumerable<Change> OfAll(byte[] file, byte[][] lines)
    {
        yield return new Change("text: a byte order mark", [.. Mark, .. file]);
        yield return new Change("text: a final newline more", [.. file, (byte)'\n']);
        yield return new Change("text: the file twice", [.. file, .. file]);
        yield return new Change("text: the last byte left out", file[..^1]);
        yield return new Change("text: CR LF", Joined(lines.Select(line => line is [.., (byte)'\n'] ? [.. line[..^1], (byte)'\r', (byte)'\n'] : line)));
        yield return new Change("text: a line of text behind", [.. file, .. "x\n"u8]);
        yield return new Change("text: a line of text before", [.. "x\n"u8, .. file]);
        yield return new Change("text: an empty line before", [.. "\n"u8, .. file]);
    }

    private static IEnumerable<Change> OfOne(byte[][] lines, int at)
    {
        byte[] line = lines[at];
        bool isEnded = line is [.., (byte)'\n'];
        byte[] text = isEnded ? line[..^1] : line, end = isEnded ? [(byte)'\n'] : [];
        (string, byte[][])[] replaced =
        [
            ("left out", []), ("doubled", [line, line]), ("emptied", [end]), ("a blank behind", [text, [(byte)' '], end]), ("a tab before", [[(byte)'\t'], line]),
            ("an empty line behind", [line, [(byte)'\n']]), ("CR LF", [text, [(byte)'\r', (byte)'\n']]), ("in capitals", [Capitals(line)]), ("the next joined", [text]),
        ];
        foreach ((string what, byte[][] instead) in replaced)
        {
            yield return new Change($"line {at + 1}: {what}", Joined([.. lines[..at], .. instead, .. lines[(at + 1)..]]));
        }

        if (at + 1 < lines.Length)
        {
            yield return new Change($"line {at + 1}: exchanged with the next", Joined([.. lines[..at], lines[at + 1], line, .. lines[(at + 2)..]]));
        }
    }

    private static byte[] Capitals(byte[] line) => [.. line.Select(one => one is >= (byte)'a' and <= (byte)'z' ? (byte)(one - 32) : one)];

    private static byte[] Joined(IEnumerable<byte[]> lines) => [.. lines.SelectMany(line => line)];

    private static IEnumerable<byte[]> Split(byte[] file)
    {
        for (int start = 0, end; start < file.Length; start = end)
        {
            int found = file.AsSpan(start).IndexOf((byte)'\n');
            end = found < 0 ? file.Length : start + found + 1;
            yield return file[start..end];
        }
    }
}
