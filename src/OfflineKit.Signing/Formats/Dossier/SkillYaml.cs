using System.Globalization;
using System.Text;

namespace OfflineKit.Signing.Formats.Dossier;

/// <summary>Lines of YAML that every reader understands alike: one key and one quoted text each.</summary>
/// <remarks>Source: YAML 1.2.2 §7.3.1, §7.3.2; docs/spec/dossier.md §1.</remarks>
internal static class SkillYaml
{
    // Words that YAML 1.1 reads as something else than text.
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase) { "y", "n", "yes", "no", "true", "false", "on", "off", "null" };

    /// <summary>The line of <paramref name="key"/> and <paramref name="text"/>, indented by <paramref name="indent"/> blanks, with its end.</summary>
    public static string Line(string key, string text, int indent) => $"{new string(' ', indent)}{Key(key)}: {Quoted(text)}\n";

    private static string Key(string key)
    {
        bool isPlain = key.Length > 0 && char.IsAsciiLetter(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-') && !Taken.Contains(key);
        return isPlain ? key : Quoted(key);
    }

    private static string Quoted(string text) => text.Any(NeedsEscape) ? Escaped(text) : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Escaped(string text)
    {
        StringBuilder quoted = new("\"", text.Length + 2);
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                _ when NeedsEscape(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    // Controls, and what some readers take for the end of a line.
    private static bool NeedsEscape(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF';
}
