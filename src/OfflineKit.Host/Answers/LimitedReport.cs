using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>A report also where an input is over its limit: whoever made the file chose its size, so that is a refusal.</summary>
internal static class LimitedReport
{
    /// <summary>The report that <paramref name="verify"/> comes to.</summary>
    public static Report Of(string artifactName, string signatureName, Func<Report> verify)
    {
        try
        {
            return verify();
        }
        catch (InputTooLargeException fault)
        {
            return new Report(artifactName, ArtifactSize: -1, [], signatureName, Verdict.Refused(format: "", Reasons.InputTooLarge.Because(fault.Message)), []);
        }
    }
}
