using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using OfflineKit.Cli.Commands;
using OfflineKit.CommandLine.Manual;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Cli;

/// <summary><c>offlinekit</c>: verifies signed artefacts with no network.</summary>
internal static class Program
{
    /// <summary>How the program is called.</summary>
    public const string Name = "offlinekit";

    private static int Main(string[] args)
    {
        CoreDumps.TurnOff();
        FileSizeLimit.MeetAsError();
        Terminal.Guard(static writer => new TerminalWriter(writer));
        try
        {
            return Run(args);
        }
        catch (UsageException fault)
        {
            return Say(SurfaceWording.CommandLine.Of(fault.Message), fault.Hint is { } hint ? SurfaceWording.CommandLine.Of(hint) : null);
        }
        catch (InputTooLargeException fault)
        {
            // A refusal, not an undecided case: whoever made the file chose its size.
            _ = Say(fault.Message, Reasons.InputTooLarge.Advice.In(SurfaceWording.CommandLine));
            return ExitCode.NotTrusted;
        }
        catch (MalformedException fault)
        {
            // Of something that was named on the way: what the files themselves hold is refused by a report.
            return Say(fault.Message, (fault.Advice ?? fault.Reason?.Advice)?.In(SurfaceWording.CommandLine));
        }
        catch (OutputException fault)
        {
            return Say(fault.Message, fault.Refusal is OutputRefusal.Exists or OutputRefusal.Foreign ? "choose another name" : null);
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
            Terminal.Error.WriteLine($"offlinekit: internal error: {bug.GetType().Name}: {TerminalText.Escape(bug.Message)}");
            return ExitCode.Undecided;
        }
    }

    private static int Run(string[] args)
    {
        args = HelpWithExamples.Asked(args);
        if (args is [SignCommand.Name, ..])
        {
            // The other program would be given what .NET made of the words.
            return NativeText.Fault(args) is { } damaged ? Say(TerminalText.Escape(damaged.Error), damaged.Hint) : SigningHandOver.Execute(args);
        }

        (ParseResult arguments, CommandLineFault? fault) = Understood(args);
        return fault is not null
            ? Say(TerminalText.Escape(fault.Error), fault.Hint)
            : arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = SuggestionWriter.For(args, Terminal.Out) });
    }

    internal static ProgramManual Manual() => ProgramManual.Of(Root([]), Name, ProgramVersion.Of(typeof(Program).Assembly)) with
    {
        Description =
        [
            "Checks, without a network, who signed the files that you received: single files, lists of checksums, exports, container images, policies and dossiers, against the keys and roots that you trust.",
            "It has no network code. It trusts what options name, what was imported (offlinekit trust import) and the roots that come with it; a file that it verifies never adds to that.",
        ],
        SeeAlso = ["offlinekit-sign"],
    };

    /// <summary>What <paramref name="args"/> ask, or why they cannot be carried out.</summary>
    /// <remarks>A line with a mistake is parsed again with every option there is, so that the hint can name the one that was meant.</remarks>
    internal static (ParseResult Asked, CommandLineFault? Fault) Understood(string[] args)
    {
        (ParseResult asked, CommandLineFault? fault) = StrictParser.Parse(Root(args, LineWords.Of(args)), args, Name);
        return fault is null ? (asked, fault) : StrictParser.Parse(Root(args), args, Name, () => Root([]));
    }

    /// <summary>The commands among which the one that <paramref name="args"/> name is found, with every option.</summary>
    internal static Command Root(string[] args) => Root(args, LineWords.Any);

    /// <summary>The same, with the options that <paramref name="words"/> can mean.</summary>
    internal static Command Root(string[] args, LineWords words)
    {
        Command root = WithoutCommands(args, "Checks, without a network, who signed the files that you received.");
        root.AnswerWith(
            new HelpWithExamples(Name, "Exit status: 0 trusted, 1 not trusted, 2 could not decide."), new VersionText(Name, typeof(Program), ProgramFacts.Lines));
        foreach (Command command in CommandTable.For(args, words))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    // The library's root command takes the directive by which shells ask for completions. It looks its name up by reflection and two descriptions
    // up in resource files, for an eighth of the cost of a whole verification: only where a word asks for them.
    private static Command WithoutCommands(string[] args, string description) =>
        LineWords.AsksForCompletions(args) ? new RootCommand(description)
        : args.Length == 0 || LineWords.AskAboutTheProgram(args) ? new Command(Name, description) { new HelpOption(), new VersionOption() }
        : new Command(Name, description);

    private static int Say(string error, string? hint)
    {
        Terminal.Error.WriteLine($"offlinekit: error: {TerminalText.Spell(error, kept: "")}");
        if (hint is not null)
        {
            Terminal.Error.WriteLine($"offlinekit: hint: {hint}");
        }

        return ExitCode.Undecided;
    }
}
