using System.Text;

namespace OfflineKit.CommandLine.Manual;

/// <summary>The reference of a program's commands, in Markdown.</summary>
internal static class ReferencePage
{
    /// <summary>One section for each command, with line feeds.</summary>
    public static string Of(ProgramManual manual)
    {
        StringBuilder page = new();
        page.Append($"## {manual.Program}\n\n{manual.Meaning}\n");
        foreach (CommandPage command in manual.Commands)
        {
            page.Append($"\n### {command.Path}\n\n{Text(command.Meaning)}\n\n```text\n{command.Usage}\n```\n");
            Table(page, "argument", command.Arguments);
            foreach (IGrouping<string, CommandTerm> options in command.Options.GroupBy(option => option.Heading, StringComparer.Ordinal))
            {
                Table(page, options.Key == CommandWithExample.OptionsHeading ? "option" : options.Key, [.. options]);
            }

            if (command.Examples.Length > 0)
            {
                page.Append($"\n```sh\n{string.Join('\n', command.Examples)}\n```\n");
            }
        }

        return page.Append(manual.Notes.Length > 0 ? $"\n```text\n{string.Join('\n', manual.Notes)}\n```\n" : "").Append($"\n{Sentences(Text(manual.ExitStatus))}\n").ToString();
    }

    private static void Table(StringBuilder page, string title, IReadOnlyCollection<CommandTerm> terms)
    {
        if (terms.Count > 0)
        {
            page.Append($"\n| {title} | meaning |\n|---|---|\n{string.Concat(terms.Select(term => $"| `{Cell(term.Term)}` | {Cell(Text(term.Meaning))} |\n"))}");
        }
    }

    // A sentence a line: no line of a page is too long to be read.
    private static string Sentences(string text) => text.Replace(". ", ".\n", StringComparison.Ordinal);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Text(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
