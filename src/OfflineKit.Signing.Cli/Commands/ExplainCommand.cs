using OfflineKit.Host.Results;
using OfflineKit.Host.Requests;
using System.CommandLine;
using OfflineKit.Reporting;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign explain CODE</c>: what a reason code means and what to do.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        Argument<string?> code = new("CODE") { Description = "a reason code; none lists those of signing", Arity = ArgumentArity.ZeroOrOne };
        code.CompletionSources.Add(_ => KnownSigningReasons.All.Select(reason => new System.CommandLine.Completions.CompletionItem(reason.Code)));
        CommandWithExample command = new("explain", "Explain the reason code of an error.", "offlinekit-sign explain token.pin-locked") { code };
        command.SetAction(arguments => arguments.GetValue(code) is { } wanted ? Explain(wanted) : List());
        return command;
    }

    private static int Explain(string code)
    {
        Reason reason = KnownSigningReasons.Find(code) ?? UndecidedReasons.Find(code) ?? throw new UsageException(
            $"there is no reason \"{TerminalText.Escape(code)}\"", NearestWord.Hint(code, KnownSigningReasons.All.Select(reason => reason.Code)) ?? "`offlinekit-sign explain` lists the reasons");
        Terminal.Out.WriteLine(reason.Code);
        Terminal.Out.WriteLine($"  {reason.Meaning}");
        Terminal.Out.WriteLine($"  next: {reason.Advice.In(SurfaceWording.CommandLine)}");
        return ExitCode.Done;
    }

    private static int List()
    {
        foreach (Reason reason in KnownSigningReasons.All.OrderBy(reason => reason.Code, StringComparer.Ordinal))
        {
            Terminal.Out.WriteLine($"{reason.Code,-28} {reason.Meaning}");
        }

        return ExitCode.Done;
    }
}
