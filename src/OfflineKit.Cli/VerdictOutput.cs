using OfflineKit.Host.Answers;
using OfflineKit.Reporting;

namespace OfflineKit.Cli;

/// <summary>The end of every verifying command: a report on standard output and an exit code.</summary>
internal static class VerdictOutput
{
    /// <summary>Writes the report that <paramref name="verify"/> comes to; an input over its limit is a refusal as well.</summary>
    public static int Of(string artifactName, string signatureName, OutputForm form, Func<Report> verify)
    {
        Report report = LimitedReport.Of(artifactName, signatureName, ThisRun.Machine, verify);
        OutputOption.Write(report, form);
        return ExitCodeOf(report);
    }

    /// <summary>Trusted or not.</summary>
    public static int ExitCodeOf(Report report) => report.Verdict.IsTrusted ? ExitCode.Trusted : ExitCode.NotTrusted;
}
