using System.CommandLine;
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
            return Run(Root().Parse(args));
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
    }

    // A command line that is not understood decides nothing, so it must not end as "not trusted", which is the library's own exit code for it.
    private static int Run(ParseResult arguments) =>
        arguments.Errors is [var first, ..]
            ? throw new UsageException(InOurStyle(first.Message), $"`{CommandLine(arguments)} --help` shows what is understood")
            : arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

    private static string InOurStyle(string message) => TerminalText.Escape(char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.'));

    private static string CommandLine(ParseResult arguments)
    {
        string words = "";
        for (SymbolResult? result = arguments.CommandResult; result is CommandResult { Parent: not null } command; result = result.Parent)
        {
            words = " " + command.Command.Name + words;
        }

        return "offlinekit" + words;
    }

    private static RootCommand Root() => new("Decides offline whether what came over may be trusted.")
    {
        VerifyCommand.Create(),
        VerifyEnvelopeCommand.Create(),
    };

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
