using System.Buffers;
using System.Globalization;
using System.Text;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dossier;

/// <summary>One YAML scalar on one line: plain, in single or in double quotes. It is always text.</summary>
/// <remarks>
/// A dossier's values are text whatever they look like, so that no reader has to guess whether <c>1.0</c> is a number. What stands for something else than itself
/// (collections in one line, blocks, anchors, aliases, tags) is malformed. Source: YAML 1.2.2 §7.3, docs/spec/dossier.md §1.
/// </remarks>
internal static class YamlScalar
{
    private const string Indicators = "-?:,[]{}#&*!|>'\"%@`";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The scalar at the start of <paramref name="text"/>.</summary>
    /// <param name="text">A line's rest, without blanks at its start.</param>
    /// <param name="where">The line, for messages.</param>
    /// <param name="rest">What follows the scalar.</param>
    /// <exception cref="MalformedException">It is no such scalar.</exception>
    public static string Read(ReadOnlySpan<char> text, string where, out ReadOnlySpan<char> rest) => text switch
    {
        ['\'', ..] => SingleQuoted(text, where, out rest),
        ['"', ..] => DoubleQuoted(text, where, out rest),
        _ => Plain(text, where, out rest),
    };

    private static string SingleQuoted(ReadOnlySpan<char> text, string where, out ReadOnlySpan<char> rest)
    {
        StringBuilder value = new();
        for (int at = 1; at < text.Length; at++)
        {
            bool isQuote = text[at] == '\'';
            if (isQuote && (at + 1 == text.Length || text[at + 1] != '\''))
            {
                rest = text[(at + 1)..];
                return value.ToString();
            }

            at += isQuote ? 1 : 0;
            value.Append(text[at]);
        }

        throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: the quote is not closed on its line");
    }

    private static string DoubleQuoted(ReadOnlySpan<char> text, string where, out ReadOnlySpan<char> rest)
    {
        StringBuilder value = new();
        for (int at = 1; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"':
                    rest = text[(at + 1)..];
                    return WellFormed(value.ToString(), where);
                case '\\' when at + 1 < text.Length:
                    at += Escape(text[(at + 1)..], value, where);
                    break;
                default:
                    value.Append(text[at]);
                    break;
            }
        }

        throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: the quote is not closed on its line");
    }

    // YAML 1.2.2 §5.7. Returns how many characters the escape takes.
    private static int Escape(ReadOnlySpan<char> text, StringBuilder value, string where)
    {
        const string Names = "0abtnvfre \"/\\N_LP", Values = "\0\a\b\t\n\v\f\r\u001B \"/\\\u0085\u00A0\u2028\u2029";
        int digits = text[0] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            int known = Names.IndexOf(text[0], StringComparison.Ordinal);
            value.Append(known >= 0 ? Values[known] : throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: \\{text[0]} is no escape"));
            return 1;
        }

        bool isHex = text.Length > digits && !text[1..(digits + 1)].ContainsAnyExcept(HexDigits);
        int point = isHex && int.TryParse(text[1..(digits + 1)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number) ? number : -1;
        bool isHalf = digits == 4 && point >= 0 && char.IsSurrogate((char)point);
        value.Append(isHalf ? ((char)point).ToString() : Rune.IsValid(point) ? new Rune(point).ToString() : throw new MalformedException(
            DossierReasons.FrontMatterNotJson, $"{where}: \\{text[0]} is not followed by a character's {digits} hex digits"));
        return digits + 1;
    }

    // JSON writes characters beyond U+FFFF as two escapes; one half alone is no character.
    private static string WellFormed(string value, string where)
    {
        for (ReadOnlySpan<char> left = value; !left.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(left, out _, out int taken) != OperationStatus.Done)
            {
                throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: half a character");
            }

            left = left[taken..];
        }

        return value;
    }

    // Ends at the line's end, at a comment, or where a key ends.
    private static string Plain(ReadOnlySpan<char> text, string where, out ReadOnlySpan<char> rest)
    {
        int end = 0;
        while (end < text.Length && !IsComment(text, end) && !IsKeyEnd(text, end))
        {
            end++;
        }

        ReadOnlySpan<char> value = text[..end].TrimEnd(" \t");
        rest = text[value.Length..];
        bool begins = value.Length > 0 && (!Indicators.Contains(value[0], StringComparison.Ordinal) || (value[0] is '-' or '?' or ':' && value.Length > 1 && value[1] is not (' ' or '\t')));
        return begins ? value.ToString() : throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: wanted a text, plain or quoted, on one line");
    }

    private static bool IsComment(ReadOnlySpan<char> text, int at) => text[at] == '#' && at > 0 && text[at - 1] is (' ' or '\t');

    private static bool IsKeyEnd(ReadOnlySpan<char> text, int at) => text[at] == ':' && (at + 1 == text.Length || text[at + 1] is ' ' or '\t');
}
