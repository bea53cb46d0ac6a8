using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OfflineKit.Campaign.Cases;

/// <summary>The accepting vectors of tests/vectors.</summary>
internal static partial class VectorCases
{
    /// <summary>Each of them, or why it is not asked.</summary>
    public static IEnumerable<(string Name, AcceptedCase? Case, string Why)> Read(string root) =>
        Directory.EnumerateFiles(root, "case.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Folder: Path.GetRelativePath(root, Path.GetDirectoryName(file)!), Lines: File.ReadAllLines(file)))
            .Where(one => one.Lines.Any(line => line.Trim() == "expect: trusted"))
            .Select(one => Read(root, one.Folder, one.Lines));

    private static (string Name, AcceptedCase? Case, string Why) Read(string root, string folder, string[] lines)
    {
        ImmutableArray<string> words = [.. Words(lines.Single(line => line.StartsWith("args: ", StringComparison.Ordinal))["args: ".Length..])];
        IEnumerable<string> unnamed = CaseFolder.Below(root, folder).Where(file => Path.GetFileName(file) != "case.txt");
        (AcceptedCase? read, string why) = lines.Any(line => line.StartsWith("stdin: ", StringComparison.Ordinal))
            ? (null, "it reads standard input")
            : CaseFolder.Read(folder.Split('/')[0], folder, root, folder, words, unnamed);
        return (folder, read, why);
    }

    // Words are separated by blanks; "double quotes" keep blanks together and "" is an empty word.
    private static IEnumerable<string> Words(string line) =>
        Word().Matches(line).Select(match => string.Concat(match.Groups["piece"].Captures.Select(piece => piece.Value.StartsWith('"') ? piece.Value[1..^1] : piece.Value)));

    [GeneratedRegex("""(?<piece>"[^"]*"|[^\s"]+)+""", RegexOptions.ExplicitCapture)]
    private static partial Regex Word();
}
