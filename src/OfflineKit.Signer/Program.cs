using System.CommandLine;
using OfflineKit.CommandLine.Manual;
using OfflineKit.Files;
using OfflineKit.Reporting;
using OfflineKit.Signer.Commands;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Stores;
using OfflineKit.Signing;

namespace OfflineKit.Signer;

/// <summary><c>offlinekit-signer</c>: the signing service. It signs only what it may, and writes down every request.</summary>
internal static class Program
{
    /// <summary>How the program is called.</summary>
    public const string Name = "offlinekit-signer";

    private static async Task<int> Main(string[] args)
    {
        CoreDumps.TurnOff();
        FileSizeLimit.MeetAsError();
        Terminal.Guard(static writer => new TerminalWriter(writer));
        try
        {
            return await RunAsync(args);
        }
        catch (ConfigurationException fault)
        {
            fault.Faults.ToList().ForEach(line => Terminal.Error.WriteLine($"offlinekit-signer: error: {TerminalText.Escape(line)}"));
            return Say("the configuration has faults: nothing was started", "docs/signer/configuration.md names every key");
        }
        catch (SigningException fault)
        {
            return Say($"{fault.Finding.Detail} [{fault.Finding.Reason.Code}]", fault.Finding.Reason.NextStep);
        }
        catch (UsageException fault)
        {
            return Say(fault.Message, fault.Hint);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InputTooLargeException or OutputException or StoreUnavailableException)
        {
            return Say(fault.Message, hint: null);
        }
#pragma warning disable CA1031 // The outermost edge: a bug is said to be one; its message could quote a secret, so only its type is shown.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return Say($"internal error: {bug.GetType().Name}", "this is a bug: please report it");
        }
    }

    internal static ProgramManual Manual() => ProgramManual.Of(Root(), Name, ProgramVersion.Of(typeof(Program).Assembly)) with
    {
        Description = ["A service that signs for those who may, what they may, by keys that it alone uses. It runs on one machine or several; docs/signer has the guides."],
        SeeAlso = ["offlinekit", "offlinekit-sign"],
    };

    internal static RootCommand Root()
    {
        RootCommand root = new("Signs only what it may, for those who may, and writes down every request.")
        {
            RunCommand.Create(), CheckCommand.Create(), DemoCommand.Create(), CompletionCommand.Create(Name), ManualCommand.Create(Name, Manual),
        };
        root.AnswerWith(
            new HelpWithExamples(Name, "Exit status: 0 done, 2 a faulty configuration, usage, or a file that cannot be read."), new VersionText(Name, typeof(Program), ProgramFacts.Lines));
        return root;
    }

    private static async Task<int> RunAsync(string[] args)
    {
        (ParseResult arguments, CommandLineFault? fault) = StrictParser.Parse(Root(), HelpWithExamples.Asked(args), Name);
        return fault is not null ? Say(fault.Error, fault.Hint) : await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = SuggestionWriter.For(args, Terminal.Out) });
    }

    private static int Say(string error, string? hint)
    {
        Terminal.Error.WriteLine($"offlinekit-signer: error: {TerminalText.Escape(error)}");
        if (hint is not null)
        {
            Terminal.Error.WriteLine($"offlinekit-signer: hint: {hint}");
        }

        return ExitCode.Undecided;
    }
}
