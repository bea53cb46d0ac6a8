using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Invocation;

namespace OfflineKit.CommandLine.Manual;

/// <summary>The help of every command: what it does, how it is called, its options by heading, its examples, and <paramref name="closing"/>: what the exit codes mean.</summary>
internal sealed class HelpWithExamples(string program, string closing) : SynchronousCommandLineAction
{
    private const int WidestTerm = 44, Gap = 2, LeastForMeaning = 24;
    private const string Below = "      ";

    /// <summary>The lines that every help ends with.</summary>
    public ImmutableArray<string> ClosingLines { get; } = [.. closing.ReplaceLineEndings("\n").Split('\n')];

    /// <summary>The words of a command line, of which <c>help COMMAND</c> means <c>COMMAND --help</c>.</summary>
    public static string[] Asked(string[] words) => words is ["help", .. var command] ? [.. command, "--help"] : words;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        CommandPage page = CommandPage.Of(parseResult.CommandResult.Command, string.Join(' ', Names(parseResult.CommandResult)));
        output.WriteLine("Description:");
        output.WriteLine($"  {page.Meaning}");
        output.WriteLine();
        output.WriteLine("Usage:");
        output.WriteLine($"  {page.Usage}");
        output.WriteLine();
        Terms(output, "Arguments", page.Arguments);
        CommandTerm[] inherited = parseResult.CommandResult.Parent is null ? [] : [new CommandTerm("-?, -h, --help", "show this help")];
        foreach (IGrouping<string, CommandTerm> options in page.Options.Concat(inherited).GroupBy(option => option.Heading, StringComparer.Ordinal))
        {
            Terms(output, options.Key, options);
        }

        Terms(output, "Commands", page.Commands);
        Lines(output, page.Examples.Length == 1 ? "Example" : "Examples", page.Examples.Select(example => "  " + example));
        // A line end inside a text that is written as a line is not the program's own, and would be shown escaped.
        foreach (string line in ClosingLines)
        {
            output.WriteLine(line);
        }

        return 0;
    }

    private IEnumerable<string> Names(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult above ? Names(above).Append(command.Command.Name) : [program];

    // Terms in one column, as wide as the widest of them that is not too wide; on a narrow terminal the meaning stands below.
    private static void Terms(TextWriter output, string heading, IEnumerable<CommandTerm> terms)
    {
        TerminalLook look = TerminalLook.OfStandardOutput();
        int width = terms.Select(term => term.Term.Length).Where(length => length <= WidestTerm).DefaultIfEmpty(WidestTerm).Max(), column = width + Gap + Gap;
        bool isNarrow = look.Width - column < LeastForMeaning;
        Lines(output, heading, terms.SelectMany(term => isNarrow
            ? [$"  {term.Term}", .. look.Wrapped($"{Below}{term.Meaning}", Below.Length)]
            : look.Wrapped($"  {term.Term.PadRight(width)}  {term.Meaning}", column)));
    }

    private static void Lines(TextWriter output, string heading, IEnumerable<string> lines)
    {
        foreach (string line in lines.Any() ? lines.Prepend(heading + ":").Append("") : [])
        {
            output.WriteLine(line.TrimEnd());
        }
    }
}
