using OfflineKit.Reporting;

namespace OfflineKit.Cli;

/// <summary>The end of every verifying command: a report on standard output and an exit code.</summary>
internal static class VerdictOutput
{
    /// <summary>Writes the report that <paramref name="verify"/> comes to; an input over its limit is a refusal as well.</summary>
    public static int Of(string artifactName, string signatureName, OutputForm form, Func<Report> verify)
    {
        Report report = ReportOf(artifactName, signatureName, verify);
        OutputOption.Write(report, form);
        return ExitCodeOf(report);
    }

    /// <summary>The report that <paramref name="verify"/> comes to, for commands that write it in words of their own.</summary>
    public static Report ReportOf(string artifactName, string signatureName, Func<Report> verify)
    {
        try
        {
            return verify();
        }
        catch (InputTooLargeException fault)
        {
            Verdict refused = Verdict.Refused(format: "", Reasons.InputTooLarge.Because(fault.Message));
            return new Report(artifactName, ArtifactSize: -1, [], signatureName, refused, []);
        }
    }

    /// <summary>Trusted or not.</summary>
    public static int ExitCodeOf(Report report) => report.Verdict.IsTrusted ? ExitCode.Trusted : ExitCode.NotTrusted;
}
