using OfflineKit.Host.Requests;
using System.CommandLine;
using OfflineKit.CommandLine.Manual;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Reporting;
using OfflineKit.Signing.Cli.Commands;

namespace OfflineKit.Signing.Cli;

/// <summary><c>offlinekit-sign</c>: the online mode. Signs, and verifies its own work before anything is written.</summary>
internal static class Program
{
    /// <summary>How the program is called.</summary>
    public const string Name = "offlinekit-sign";

    // The same file under cosign's name for it, by a link or a copy.
    private static bool IsPlugin => string.Equals(Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]), CosignPluginCommand.ProgramName, StringComparison.Ordinal);

    private static async Task<int> Main(string[] args)
    {
        CoreDumps.TurnOff();
        FileSizeLimit.MeetAsError();
        Terminal.Guard(static writer => new TerminalWriter(writer));
        try
        {
            return await RunAsync(IsPlugin ? [CosignPluginCommand.CommandName, .. args] : args);
        }
        catch (SigningException fault)
        {
            return Say($"{fault.Finding.Detail} [{fault.Finding.Reason.Code}]", fault.Finding.Advice.In(SurfaceWording.CommandLine), ExitCode.Refused);
        }
        catch (OutputException fault)
        {
            Finding refusal = SigningReasons.Refusal(fault).Finding;
            return Say($"{refusal.Detail} [{refusal.Reason.Code}]", refusal.Advice.In(SurfaceWording.CommandLine), ExitCode.Refused);
        }
        catch (MalformedException fault)
        {
            return Say(fault.Message, (fault.Advice ?? fault.Reason?.Advice)?.In(SurfaceWording.CommandLine), ExitCode.Refused);
        }
        catch (UsageException fault)
        {
            return Say(fault.Message, fault.Hint, ExitCode.Undecided);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InputTooLargeException)
        {
            return Say(fault.Message, hint: null, ExitCode.Undecided);
        }
        catch (OperationCanceledException)
        {
            return Say("interrupted", hint: null, ExitCode.Undecided);
        }
#pragma warning disable CA1031 // The outermost edge: a bug is said to be one; its message could quote a secret, so only its type is shown.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return Say($"internal error: {bug.GetType().Name}", "this is a bug: please report it", ExitCode.Undecided);
        }
    }

    internal static ProgramManual Manual() => ProgramManual.Of(Root(), Name, ProgramVersion.Of(typeof(Program).Assembly)) with
    {
        Description = ["Signs files, policies, dossiers, events and kits with keys in files, on tokens, at key services, or by a short-lived certificate; every signature is verified before it is written."],
        SeeAlso = ["offlinekit"],
    };

    internal static RootCommand Root()
    {
        RootCommand root = new("Signs with local, hardware and cloud keys; verifies its own work before anything is written.")
        {
            SignCommand.Create(),
            PolicyCommand.Create(),
            DossierCommand.Create(),
            EventCommand.Create(),
            LogCommand.Create(),
            KeyGenCommand.Create(),
            KeyCommand.Create(),
            PublicKeyCommand.Create(),
            AuditCommand.Create(),
            TrustCommand.Create(),
            ServeCommand.Create(),
            CosignPluginCommand.Create(),
            ExplainCommand.Create(),
            ExportCommand.CreateGroup(),
            RemoteCommand.CreateGroup(),
            CompletionCommand.Create(Name),
            ManualCommand.Create(Name, Manual),
        };
        root.AnswerWith(new HelpWithExamples(Name, Closing()), new VersionText(Name, typeof(Program), ProgramFacts.Lines));
        return root;
    }

    private static string Closing() => $"Keys:{string.Concat(KeyUri.Grammar.Split('\n').Select(line => $"{Environment.NewLine}  {line.TrimEnd('\r')}"))}{Environment.NewLine}{Environment.NewLine}"
        + "Exit status: 0 done, 1 refused, 2 usage or a file that cannot be read. Unless it is 0, no new output file exists, but those that were reported: of many files, some may be signed before one fails.";

    private static async Task<int> RunAsync(string[] args)
    {
        args = HelpWithExamples.Asked(args);
        (ParseResult arguments, CommandLineFault? fault) = StrictParser.Parse(Root(), args, Name);
        if (fault is not null)
        {
            return Say(fault.Error, fault.Hint, ExitCode.Undecided);
        }

        return await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = SuggestionWriter.For(args, Terminal.Out) });
    }

    private static int Say(string error, string? hint, int exit)
    {
        Stderr.Error(error, hint);
        return exit;
    }
}
