using System.Buffers;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Checksums;

/// <summary>A provenance file of Helm's: the chart's metadata, and the digest of its archive.</summary>
/// <remarks>
/// Shape: YAML, a line <c>...</c> that stands there once, <c>files:</c>, and lines of a blank or more, a name, a colon and <c>sha256:HEX</c>; then perhaps <c>images:</c> in the same form, which name no files.
/// Names are plain, or in quotes without escapes. Only the second part is read, as Helm does. Source: Helm, "Helm Provenance and Integrity"; docs/spec/checksums.md.
/// </remarks>
internal static class HelmProvenance
{
    private const string Sha256 = "sha256:";

    private static readonly SearchValues<char> OfYaml = SearchValues.Create("\"'\\:#{}[]&*!|>%@` ,?");

    private static readonly SearchValues<byte> Member = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static ReadOnlySpan<byte> End => "\n...\n"u8;

    /// <summary>A member comes first, the document ends, and files come next.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content) => content.IndexOf((byte)':') is > 0 and int colon && !content[..colon].ContainsAnyExcept(Member)
        && content.IndexOf(End) is > 0 and int at && content[(at + End.Length)..].StartsWith("files:\n"u8);

    /// <summary>Gives every listed file to <paramref name="add"/>.</summary>
    /// <exception cref="MalformedException">It can be read in two ways, or in none.</exception>
    public static void Parse(ReadOnlySpan<byte> text, string what, Action<ChecksumLine> add)
    {
        ReadOnlySpan<byte> sums = text[(text.IndexOf(End) + End.Length)..];
        if (sums.IndexOf(End) >= 0)
        {
            throw new MalformedException($"{what}: more than two YAML documents");
        }

        LineCursor lines = new(sums);
        string section = "";
        HashSet<string> sections = new(StringComparer.Ordinal);
        while (!lines.AtEnd)
        {
            string line = Utf8Text.DecodePrintable(lines.Line(what), what);
            if (line.StartsWith(' '))
            {
                Entry(line, section, what, add);
            }
            else if (line.Length > 0)
            {
                section = line is "files:" or "images:" && sections.Add(line) ? line : throw new MalformedException($"{what}: \"{line}\", wanted files: or images:, each once");
            }
        }
    }

    private static void Entry(string line, string section, string what, Action<ChecksumLine> add)
    {
        int colon = line.IndexOf(": " + Sha256, StringComparison.Ordinal);
        if (colon < 0)
        {
            throw new MalformedException($"{what}: wanted NAME: sha256:HEX");
        }

        string hex = line[(colon + 2 + Sha256.Length)..];
        ChecksumLine file = ChecksumLine.Of(Utf8Text.Encode(NameOf(line[..colon].TrimStart(' '), what)), ChecksumTag.Of("SHA256")!, Utf8Text.Encode(hex), what);
        if (section == "files:")
        {
            add(file);
        }
    }

    // What stands plain has no letter that means something in YAML.
    private static string NameOf(string written, string what)
    {
        bool isQuoted = written is ['"', .., '"'] or ['\'', .., '\''];
        string name = isQuoted && written.Length > 2 ? written[1..^1] : written;
        return name.Length > 0 && !name.AsSpan().ContainsAny(OfYaml)
            ? name
            : throw new MalformedException($"{what}: \"{written}\" is no plain name of a file");
    }
}
