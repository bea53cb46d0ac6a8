using System.Buffers;
using System.Collections.Immutable;
using System.Text.Unicode;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>The header lines of armour, which nobody signed.</summary>
/// <remarks>
/// Shape: a name of letters, digits and hyphens, a colon, and nothing or a blank and a text; an empty line ends them. A line of another form is corruption: a program that reads the file
/// around the signature, as <c>sha256sum -c</c> reads a list, would take <c>SHA256 (a) = …</c> between them for signed. Source: RFC 9580 §6.2.2.
/// </remarks>
internal static class ArmorHeaders
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);
    private static readonly SearchValues<byte> HashNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/, "u8);

    /// <summary>The headers of a block, up to the line behind the empty one.</summary>
    public static ImmutableArray<string> Read(ref LineCursor lines, string what)
    {
        var headers = ImmutableArray.CreateBuilder<string>();
        while (Next(ref lines, what) is { IsEmpty: false } header)
        {
            headers.Add(IsHeader(header) ? Text(header) : throw new MalformedException($"{what}: an armour header that is no \"Name: text\": {Utf8Text.Spell(header)}"));
        }

        return headers.ToImmutable();
    }

    /// <summary>The same before clear-signed text, where one name alone belongs: a header that is not known could be taken for text.</summary>
    public static void PassHashes(ref LineCursor lines, string what)
    {
        while (Next(ref lines, what) is { IsEmpty: false } header)
        {
            if (!header.StartsWith("Hash: "u8) || header["Hash: ".Length..].ContainsAnyExcept(HashNames))
            {
                throw new MalformedException($"{what}: a header other than Hash and the names of hashes");
            }
        }
    }

    private static bool IsHeader(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        return colon > 0 && char.IsAsciiLetter((char)line[0]) && !line[..colon].ContainsAnyExcept(NameBytes) && (line.Length == colon + 1 || line[colon + 1] == (byte)' ') && IsText(line);
    }

    private static ReadOnlySpan<byte> Next(ref LineCursor lines, string what) => lines.TerminatedLine($"{what}: armour headers").TrimEnd(" \t"u8);

    // Comments were written in Latin-1 too; what ends a line for one reader and not for another belongs to none.
    private static bool IsText(ReadOnlySpan<byte> header) => Text(header).All(letter => (!char.IsControl(letter) || letter == '\t') && letter is not ('\u2028' or '\u2029'));

    private static string Text(ReadOnlySpan<byte> header) => (Utf8.IsValid(header) ? System.Text.Encoding.UTF8 : System.Text.Encoding.Latin1).GetString(header);
}
