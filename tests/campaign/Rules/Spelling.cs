using System.Security.Cryptography;

namespace OfflineKit.Campaign.Rules;

/// <summary>What two texts have in common when they differ in spelling alone; read without the code that is under test.</summary>
internal static class Spelling
{
    private const string Mark = "\u00ef\u00bb\u00bf";

    /// <summary>The lines that hold something, without blanks at their ends and without a byte order mark.</summary>
    public static string[] Lines(string text) =>
        [.. Unmarked(text).Split('\n').Select(line => line.Trim(' ', '\t', '\r')).Where(line => line.Length > 0)];

    /// <summary>The text without any blank or line end.</summary>
    public static string Solid(string text) => string.Concat(Unmarked(text).Where(letter => letter is not (' ' or '\t' or '\r' or '\n')));

    /// <summary>The PEM blocks, each with its label and what it holds; everything else is text for people.</summary>
    /// <remarks>Source: RFC 7468, section 2.</remarks>
    public static string[] Blocks(string text)
    {
        List<string> blocks = [];
        while (PemEncoding.TryFind(text, out PemFields fields))
        {
            blocks.Add($"{text[fields.Label]} {Solid(text[fields.Base64Data])}");
            text = text[fields.Location.End..];
        }

        return [.. blocks];
    }

    private static string Unmarked(string text) => text.StartsWith(Mark, StringComparison.Ordinal) ? text[Mark.Length..] : text;
}
