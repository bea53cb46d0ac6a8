using OfflineKit.Cli.Batches;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Cli;

/// <summary>The end of every verifying command: a report on standard output and an exit code.</summary>
internal static class VerdictOutput
{
    /// <summary>Writes the report that <paramref name="verify"/> comes to; an input over its limit is a refusal as well.</summary>
    /// <param name="artifactName">What it is about.</param>
    /// <param name="signatureName">The signature, where it has a file of its own.</param>
    /// <param name="form">How it is shown.</param>
    /// <param name="ask">Makes the question, and reads every file that it names.</param>
    /// <param name="verify">Answers it.</param>
    public static int Of(string artifactName, string signatureName, VerdictForm form, Func<VerifyRequest> ask, Func<VerifyRequest, Report> verify)
    {
        form.Page?.RefuseIfTaken();
        VerifyRequest request = VerifyRequest.Of(Questions.File, []);
        Report report = LimitedReport.Of(artifactName, signatureName, ThisRun.Machine, () => verify(request = ask()));
        if (form.Form == OutputForm.Ndjson)
        {
            new SingleRun(report, request).WriteLines();
        }
        else
        {
            OutputOption.Write(report, form.Form);
        }

        if (form.Page is { } page)
        {
            new SingleRun(report, request).Write(page);
        }

        return ExitCodeOf(report);
    }

    /// <summary>Trusted or not.</summary>
    public static int ExitCodeOf(Report report) => report.Verdict.IsTrusted ? ExitCode.Trusted : ExitCode.NotTrusted;
}
