using System.CommandLine;
using System.Text.RegularExpressions;
using OfflineKit.CommandLine;

namespace OfflineKit.Testing;

/// <summary>Every command of a program that stands on a page, in a block or in a line, is one that the program takes: no option or command on a page is made up or gone.</summary>
internal static partial class PageCommands
{
    /// <summary>How many command lines of <paramref name="program"/> the pages have, and which of them it refuses.</summary>
    public static (int Count, string[] Refused) Of(string program, Func<string[], Command> root)
    {
        (string Page, string Line, bool IsWhole)[] lines = [.. Pages().SelectMany(page => Lines(page).Where(line => line.Text.StartsWith(program + " ", StringComparison.Ordinal)).Select(line => (page, line.Text, line.IsWhole)))];
        return (lines.Length, [.. lines.Select(line => (line.Page, line.Line, Fault: Fault(program, root, line.Line, line.IsWhole))).Where(line => line.Fault is not null).Select(line => $"{line.Page}: {line.Line}: {line.Fault}").Distinct()]);
    }

    private static string? Fault(string program, Func<string[], Command> root, string line, bool isWhole)
    {
        string[] words = [.. Words(line).Skip(1)];
        if (words is [] or ["help", ..] || words.Any(word => word.Contains('…', StringComparison.Ordinal) || word.Contains("...", StringComparison.Ordinal) || word.StartsWith('[')))
        {
            return null;
        }

        (_, CommandLineFault? fault) = StrictParser.Parse(root(words), words, program);
        // Within a sentence a command may be named without what it takes.
        return fault is null || (!isWhole && (fault.Error.StartsWith("required", StringComparison.Ordinal) || fault.Error.EndsWith("is required", StringComparison.Ordinal))) ? null : fault.Error;
    }

    private static IEnumerable<string> Pages() => PageBlock.Pages.Where(page => !page.StartsWith("docs/powershell/", StringComparison.Ordinal) && !page.StartsWith("docs/commands", StringComparison.Ordinal));

    // Of the blocks, and of what stands in code within a sentence. What a shell puts in place of a command is one word.
    private static IEnumerable<(string Text, bool IsWhole)> Lines(string page) =>
        PageBlock.Of(page).SelectMany(block => block.Commands).Select(command => (Variables().Replace(Inner().Replace(command, "text"), ""), true))
            .Concat(Code().Matches(Blocks().Replace(File.ReadAllText(Repository.Path(page)), "")).Select(match => (match.Groups[1].Value, false)));

    // As a shell cuts a line into words, up to what is not the command's any more.
    private static IEnumerable<string> Words(string line)
    {
        foreach (Match match in Word().Matches(line))
        {
            if (match.Value[0] is '|' or '>' or '<' or ';' or '&' or '#' or ')' || match.Value.StartsWith("2>", StringComparison.Ordinal))
            {
                yield break;
            }

            // What the reader has to put there.
            yield return match.Value is "N" or "I" ? "1" : match.Value == "SHELL" ? "bash" : Quotes().Replace(match.Value, found => found.Value[1..^1]);
        }
    }

    [GeneratedRegex(@"\$\([^)]*\)")]
    private static partial Regex Inner();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^([A-Z_]+=\S+ )+")]
    private static partial Regex Variables();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("""(?:"[^"]*"|'[^']*'|[^\s"'|;]+)+|[|;]""")]
    private static partial Regex Word();

    [GeneratedRegex("""("[^"]*"|'[^']*')""")]
    private static partial Regex Quotes();
}
