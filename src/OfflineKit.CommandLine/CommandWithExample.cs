using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OfflineKit.CommandLine;

/// <summary>A command whose help ends in real examples.</summary>
internal sealed class CommandWithExample(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Complete command lines.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>The help of every command, followed by its examples and <paramref name="closing"/>: what the exit codes mean.</summary>
internal sealed class HelpWithExamples(HelpAction help, string closing) : SynchronousCommandLineAction
{
    /// <summary>The lines that every help ends with.</summary>
    public ImmutableArray<string> ClosingLines { get; } = [.. closing.ReplaceLineEndings("\n").Split('\n')];

    /// <summary>The words of a command line, of which <c>help COMMAND</c> means <c>COMMAND --help</c>.</summary>
    public static string[] Asked(string[] words) => words is ["help", .. var command] ? [.. command, "--help"] : words;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is CommandWithExample command)
        {
            output.WriteLine(command.Examples.Count == 1 ? "Example:" : "Examples:");
            foreach (string example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        // A line end inside a text that is written as a line is not the program's own, and would be shown escaped.
        foreach (string line in ClosingLines)
        {
            output.WriteLine(line);
        }

        return 0;
    }
}
