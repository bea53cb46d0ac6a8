using System.Globalization;
using System.Text;

namespace OfflineKit.CommandLine.Manual;

/// <summary>The manual page of a program, in the man macros of roff.</summary>
/// <remarks>Source: man(7) and groff_man(7): a line that starts with a dot or a quote is a request, a backslash starts an escape.</remarks>
internal static class ManualPage
{
    /// <summary>The page of section 1, with line feeds.</summary>
    public static string Of(ProgramManual manual)
    {
        StringBuilder page = new();
        page.Append($".TH {manual.Program.ToUpperInvariant()} 1 \"\" \"OfflineKit {manual.Version}\" \"OfflineKit\"\n");
        page.Append(".nh\n.ad l\n");
        Section(page, "NAME", $"{Text(manual.Program)} \\- {Text(Uncapitalized(manual.Meaning))}");
        Section(page, "SYNOPSIS", $".B {Text(manual.Program)}\n.I command\n[arguments] [options]");
        Section(page, "DESCRIPTION", string.Join("\n.PP\n", manual.Description.Select(Text)));
        page.Append(".SH COMMANDS\n");
        foreach (CommandPage command in manual.Commands)
        {
            Command(page, command);
        }

        if (manual.Notes.Length > 0)
        {
            Section(page, "NOTES", $".EX\n{string.Join('\n', manual.Notes.Select(Text))}\n.EE");
        }

        Section(page, "EXIT STATUS", Text(manual.ExitStatus));
        Section(page, "SEE ALSO", string.Join(",\n", manual.SeeAlso.Select(name => $".BR {Text(name)} (1)")));
        return page.ToString();
    }

    private static void Section(StringBuilder page, string title, string body) => page.Append($".SH {title}\n{body}\n");

    private static void Command(StringBuilder page, CommandPage command)
    {
        page.Append($".SS {Text(command.Usage)}\n{Text(command.Meaning)}\n");
        foreach (IGrouping<string, CommandTerm> terms in command.Arguments.Select(argument => argument with { Heading = "" }).Concat(command.Options).GroupBy(term => term.Heading, StringComparer.Ordinal))
        {
            page.Append(terms.Key is "" or CommandWithExample.OptionsHeading ? "" : $".PP\n.I {Text(terms.Key)}\n");
            page.Append(string.Concat(terms.Select(term => $".TP\n.B {Text(term.Term)}\n{Text(term.Meaning)}\n")));
        }

        if (command.Examples.Length > 0)
        {
            page.Append($".PP\n.EX\n{string.Join('\n', command.Examples.Select(Text))}\n.EE\n");
        }
    }

    // Text that roff shows as it stands.
    private static string Text(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("`", "\\(ga", StringComparison.Ordinal).Replace("^", "\\(ha", StringComparison.Ordinal).Replace("~", "\\(ti", StringComparison.Ordinal);
        string ascii = string.Concat(escaped.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\[u{rune.Value:X4}]")));
        return ascii is ['.' or '\'', ..] ? "\\&" + ascii : ascii;
    }

    private static string Uncapitalized(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.');
}
