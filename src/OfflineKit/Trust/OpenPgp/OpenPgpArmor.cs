using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>ASCII armour: the label of a block and the bytes inside.</summary>
/// <param name="Label">The words after BEGIN, such as <c>PGP SIGNATURE</c>.</param>
/// <param name="Content">The decoded bytes.</param>
/// <remarks>
/// Shape: BEGIN line, header lines, an empty line, base64, optionally <c>=</c> and a checksum, which is the last but for the END line. The checksum protects from accidents only and is
/// not compared (RFC 9580 §6.1 asks readers to ignore it). Header lines (<c>Version: …</c>, <c>Comment: …</c>) mean nothing. Source: RFC 9580 §6.2.
/// </remarks>
internal sealed record OpenPgpArmor(string Label, ReadOnlyMemory<byte> Content)
{
    /// <summary>The header lines, which mean nothing.</summary>
    public ImmutableArray<string> Headers { get; private init; } = [];

    private const int ChecksumLength = 5;

    /// <summary>How every block begins.</summary>
    public static ReadOnlySpan<byte> Begin => "-----BEGIN PGP "u8;

    /// <summary>The blocks of <paramref name="text"/>; what stands between them is for people.</summary>
    public static ImmutableArray<OpenPgpArmor> Blocks(ReadOnlySpan<byte> text, int limit, string what)
    {
        var blocks = ImmutableArray.CreateBuilder<OpenPgpArmor>();
        LineCursor lines = new(text);
        while (!lines.AtEnd)
        {
            ReadOnlySpan<byte> line = lines.Line(what);
            if (!line.StartsWith(Begin))
            {
                continue;
            }

            blocks.Add(Block(line, ref lines, what));
            if (blocks.Count > limit)
            {
                throw new MalformedException($"{what}: more than {limit} armoured blocks");
            }
        }

        return blocks.Count > 0 ? blocks.ToImmutable() : throw new MalformedException($"{what}: no armoured block");
    }

    /// <summary>The only block of <paramref name="text"/>, which has the label <paramref name="label"/>; around it there are blanks at most.</summary>
    public static OpenPgpArmor Only(ReadOnlySpan<byte> text, string label, string what)
    {
        LineCursor lines = new(text.TrimStart(" \t\r\n"u8));
        OpenPgpArmor block = Block(lines.Line(what), ref lines, what);
        if (!string.Equals(block.Label, label, StringComparison.Ordinal))
        {
            throw new MalformedException($"{what}: armour of a {block.Label}, wanted {label}");
        }

        return lines.Rest.ContainsAnyExcept(" \t\r\n"u8) ? throw new MalformedException($"{what}: text after the armoured block") : block;
    }

    private static OpenPgpArmor Block(ReadOnlySpan<byte> begin, ref LineCursor lines, string what)
    {
        string label = LabelOf(begin, "-----BEGIN "u8, what);
        ImmutableArray<string> headers = ArmorHeaders.Read(ref lines, what);
        List<byte> base64 = [];
        bool isComplete = false;
        while (true)
        {
            ReadOnlySpan<byte> line = lines.Line($"{what}: armour END line").TrimEnd(" \t"u8);
            if (line.StartsWith("-----"u8))
            {
                string end = LabelOf(line, "-----END "u8, what);
                return string.Equals(end, label, StringComparison.Ordinal)
                    ? new OpenPgpArmor(label, StrictBase64.Decode(base64.ToArray().AsSpan(), what)) { Headers = headers }
                    : throw new MalformedException($"{what}: armour labels differ: BEGIN {label}, END {end}");
            }

            // Readers stop at the checksum: what they would not read is not read here.
            if (isComplete && !line.IsEmpty)
            {
                throw new MalformedException($"{what}: text between the armour's checksum and its end");
            }

            bool isChecksum = line.Length == ChecksumLength && line[0] == (byte)'=';
            isComplete |= isChecksum;
            base64.AddRange(isChecksum ? [] : line);
        }
    }

    private static string LabelOf(ReadOnlySpan<byte> line, ReadOnlySpan<byte> prefix, string what)
    {
        ReadOnlySpan<byte> trimmed = line.TrimEnd(" \t"u8);
        return trimmed.StartsWith(prefix) && trimmed.EndsWith("-----"u8) && trimmed.Length > prefix.Length + 5
            ? Utf8Text.DecodePrintable(trimmed[prefix.Length..^5], what)
            : throw new MalformedException($"{what}: malformed armour line");
    }
}
