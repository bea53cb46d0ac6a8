using OfflineKit.Host.Results;
using OfflineKit.Host.Requests;
using System.CommandLine;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit explain REASON</c>: what a reason code means and what to do.</summary>
internal static class ExplainCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string?> code = new("REASON") { Description = "a reason code; none lists them all", HelpName = "REASON", Arity = ArgumentArity.ZeroOrOne };
        code.CompletionSources.Add(_ => UndecidedReasons.Explained.Select(reason => new System.CommandLine.Completions.CompletionItem(reason.Code)));
        CommandWithExample command = new("explain", "Explain a reason code of a report.", "offlinekit explain key.unknown") { code };
        command.SetAction(arguments => arguments.GetValue(code) is { } wanted ? Explain(wanted) : List());
        return command;
    }

    private static int Explain(string code)
    {
        Reason reason = UndecidedReasons.Find(code) ?? throw new UsageException(
            $"there is no reason \"{TerminalText.Escape(code)}\"", NearestWord.Hint(code, UndecidedReasons.Explained.Select(reason => reason.Code)) ?? "`offlinekit explain` lists the reasons");
        Terminal.Out.WriteLine(reason.Code);
        Terminal.Out.WriteLine($"  {reason.Meaning}");
        Terminal.Out.WriteLine($"  next: {reason.Advice.In(SurfaceWording.CommandLine)}");
        return ExitCode.Trusted;
    }

    private static int List()
    {
        foreach (Reason reason in UndecidedReasons.Explained.OrderBy(reason => reason.Code, StringComparer.Ordinal))
        {
            Terminal.Out.WriteLine($"{reason.Code,-36} {reason.Meaning}");
        }

        return ExitCode.Trusted;
    }
}
