using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using OfflineKit.Cli.Commands;
using OfflineKit.Reporting;

namespace OfflineKit.Cli;

/// <summary><c>offlinekit</c>: verifies signed artefacts with no network.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        try
        {
            return Run(args);
        }
        catch (UsageException fault)
        {
            return Say(fault.Message, fault.Hint);
        }
        catch (InputTooLargeException fault)
        {
            // A refusal, not an undecided case: whoever made the file chose its size.
            _ = Say(fault.Message, Reasons.InputTooLarge.NextStep);
            return ExitCode.NotTrusted;
        }
        catch (IOException fault)
        {
            return Say(fault.Message, hint: null);
        }
        catch (UnauthorizedAccessException fault)
        {
            return Say(fault.Message, hint: null);
        }
#pragma warning disable CA1031 // The outermost edge: a bug is said to be one, and is never "trusted".
        catch (Exception bug)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine($"offlinekit: internal error: {bug.GetType().Name}: {TerminalText.Escape(bug.Message)}");
            return ExitCode.Undecided;
        }
    }

    private static int Run(string[] args)
    {
        if (args is [SignCommand.Name, ..])
        {
            return SigningHandOver.Execute(args);
        }

        // No response files: an artefact may be called @name.
        ParseResult arguments = Root(args).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return arguments.Action is ParseErrorAction
            ? Say(Fault(arguments), $"`{CommandLine(arguments)} --help` shows the usage")
            : arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static RootCommand Root(string[] args)
    {
        RootCommand root = new("Decides offline whether what came over may be trusted.");
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
            {
                option.Action = new HelpWithExamples(help, "Exit status: 0 trusted, 1 not trusted, 2 could not decide.");
            }
            else if (option is VersionOption)
            {
                option.Action = new VersionText();
            }
        }

        foreach (Command command in CommandTable.For(args))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    private static string CommandLine(ParseResult arguments)
    {
        string words = "";
        for (SymbolResult? result = arguments.CommandResult; result is CommandResult { Parent: not null } command; result = result.Parent)
        {
            words = " " + command.Command.Name + words;
        }

        return "offlinekit" + words;
    }

    // The parser's messages are sentences with a capital and a period; ours are neither.
    private static string Fault(ParseResult arguments)
    {
        if (arguments.CommandResult.Command is RootCommand && arguments.UnmatchedTokens.Count > 0)
        {
            return $"there is no command \"{TerminalText.Escape(arguments.UnmatchedTokens[0])}\"";
        }

        string message = arguments.Errors[0].Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal);
        return TerminalText.Escape(message.Length == 0 ? message : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.', '\n'));
    }

    private static int Say(string error, string? hint)
    {
        Console.Error.WriteLine($"offlinekit: error: {error}");
        if (hint is not null)
        {
            Console.Error.WriteLine($"offlinekit: hint: {hint}");
        }

        return ExitCode.Undecided;
    }
}
