using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OfflineKit.Signing.Cli;

/// <summary>A command whose help ends in real examples.</summary>
internal sealed class CommandWithExample(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Complete command lines.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>The help of every command, followed by its examples and the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
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

        output.WriteLine("Keys:");
        foreach (string line in KeyUri.Grammar.Split('\n'))
        {
            output.WriteLine($"  {line.TrimEnd('\r')}");
        }

        output.WriteLine();
        output.WriteLine("Exit status: 0 done, 1 refused, 2 usage or a file that cannot be read. Unless it is 0, no new output file exists.");
        return ExitCode.Done;
    }
}
