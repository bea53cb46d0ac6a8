using OfflineKit.Reporting;

namespace OfflineKit.Cli;

/// <summary>The end of every verifying command: a report on standard output and an exit code.</summary>
internal static class Conclusion
{
    /// <summary>Writes the report that <paramref name="verify"/> comes to; an input over its limit is a refusal as well.</summary>
    public static int Of(string artifactName, string signatureName, OutputForm form, Func<Report> verify)
    {
        Report report;
        try
        {
            report = verify();
        }
        catch (InputTooLargeException fault)
        {
            Verdict refused = Verdict.Refused(format: "", Reasons.InputTooLarge.Because(fault.Message));
            report = new Report(artifactName, ArtifactSize: -1, [], signatureName, refused, []);
        }

        OutputOption.Write(report, form);
        return report.Verdict.IsTrusted ? ExitCode.Trusted : ExitCode.NotTrusted;
    }
}
