using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>A file that is written otherwise and says the same. What is signed is bytes, and has no other spelling.</summary>
internal static partial class SpellingRules
{
    /// <summary>Each of them.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new("line ends of a signed text", "RFC 9580, section 7.2; docs/spec/dossier.md, signify.md: blanks at the ends of lines and the kind of line end are spelling, lines are not", static one => IsSignedText(one) && Same(one, Ends)),
        new("JSON spelling of a front matter", "docs/spec/dossier.md, section 1: the front matter is read as JSON; what is behind it stays as it is", static one => IsSignedText(one) && JsonPart.Of(one) is { } part && JsonDifference.Of(part.Before, part.After) is { IsEmpty: true }),
        new("the order of fields of a front matter", "YAML 1.2.2, sections 3.2.1.1, 6.6 and 7.4.2: the members of a mapping have no order, comments and blanks around a colon are spelling; what is behind the front matter stays as it is", static one => IsSignedText(one) && Fields(one.Texts.Before) is { } before && Fields(one.Texts.After) is { } after && before.SequenceEqual(after, StringComparer.Ordinal)),
        new("line ends and empty lines", "docs/spec: CR LF, blanks at the ends of lines, empty lines and a byte order mark are spelling", static one => IsText(one) && Same(one, Spelling.Lines)),
        new("JSON spelling", "RFC 8259, sections 2, 4 and 7: blanks, the order of members and escapes carry no meaning", static one => IsText(one) && JsonDifference.Of(one.Before, one.After) is { IsEmpty: true }),
        new("JSON lines spelling", "docs/spec/json-lines.md: each line is a document of its own", static one => IsText(one) && SameLines(one)),
        new("base64 wrapped", "RFC 7468, section 2; docs/spec: base64 is broken into lines anywhere", static one => IsText(one) && Same(one, text => [Spelling.Solid(text)])),
        new("text around PEM", "RFC 7468, section 2: data before, between and after the blocks is for people", static one => IsText(one) && Spelling.Blocks(one.Texts.Before).Length > 0 && Same(one, Spelling.Blocks)),
    ];

    private static bool IsText(Acceptance one) => one.File.Role is not FileRole.Artifact && !IsSignedText(one);

    // A file that carries the text that is signed as it is: a clear-signed message, an embedded signature, a document with a front matter.
    private static bool IsSignedText(Acceptance one) => one.File.Role is FileRole.Document or FileRole.Export && one.Texts.Before is var text
        && (text.StartsWith("---", StringComparison.Ordinal) && !text.StartsWith("-----BEGIN", StringComparison.Ordinal) || text.Contains("-----BEGIN PGP SIGNED MESSAGE-----", StringComparison.Ordinal) || text.StartsWith("untrusted comment:", StringComparison.Ordinal));

    private static string[] Ends(string text) => [.. text.TrimEnd('\r', '\n', ' ', '\t').Split('\n').Select(line => line.TrimEnd(' ', '\t', '\r'))];

    // The fields that are not indented, each with the lines below it, in one order; and all that follows.
    private static string[]? Fields(string text)
    {
        int end = text.IndexOf("\n---", StringComparison.Ordinal);
        if (!text.StartsWith("---", StringComparison.Ordinal) || end < 0)
        {
            return null;
        }

        string[] lines = [.. text[..end].Split('\n').Where(line => line.Trim().Length > 0).Select(line => BehindName().Replace(Comment().Replace(line, "${kept}"), "${name}: ")).Where(line => line.Trim().Length > 0)];
        int[] starts = [.. Enumerable.Range(0, lines.Length).Where(at => !char.IsWhiteSpace(lines[at][0]))];
        return [.. starts.Select((start, number) => Field(lines[start..(number + 1 < starts.Length ? starts[number + 1] : lines.Length)])).Order(StringComparer.Ordinal), text[end..]];
    }

    // A comment is behind a blank and no part of a quoted text; a line that has another form keeps what it has.
    [GeneratedRegex("""^(?<kept>[^'"#]*|[^'"#]*(?<quote>['"])[^'"]*\k<quote>)(?<=^|[ \t])[ \t]*#.*$|^(?<kept>[^'"#]*(?<quote>['"])[^'"]*\k<quote>)[ \t]+#.*$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    // How many blanks stand around the colon between a name and its value says nothing.
    [GeneratedRegex(@"^(?<name>\s*[\w.-]+)[ \t]*:([ \t]+|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BehindName();

    // The members of one that has only such of one depth have no order either.
    private static string Field(string[] lines) => string.Join('\n', lines[1..].Select(Indentation).Distinct().Count() == 1 ? [lines[0], .. lines[1..].Order(StringComparer.Ordinal)] : lines);

    private static int Indentation(string line) => line.Length - line.TrimStart().Length;

    private static bool Same(Acceptance one, Func<string, string[]> reading) => reading(one.Texts.Before).SequenceEqual(reading(one.Texts.After), StringComparer.Ordinal);

    private static bool SameLines(Acceptance one)
    {
        (string[] before, string[] after) = (Spelling.Lines(one.Texts.Before), Spelling.Lines(one.Texts.After));
        return before.Length == after.Length && before.Zip(after).All(pair => pair.First == pair.Second || JsonDifference.Of(Bytes(pair.First), Bytes(pair.Second)) is { IsEmpty: true });
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}
