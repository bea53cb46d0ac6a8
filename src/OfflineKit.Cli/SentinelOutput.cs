using OfflineKit.Host.Requests;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Reporting;

namespace OfflineKit.Cli;

/// <summary>A report in the words and on the streams of Sentinel's own command: one line on standard output, the rest on standard error.</summary>
internal static class SentinelOutput
{
    /// <summary>Writes <paramref name="report"/>, and what a policy server would say.</summary>
    public static void Write(Report report, LoadDecision? decision)
    {
        Verdict verdict = report.Verdict;
        bool isUnsigned = verdict.Findings is [{ Reason: var first }, ..] && first == SentinelReasons.NotSigned;
        Terminal.Out.WriteLine(verdict.IsTrusted ? "Signature valid" : isUnsigned ? "Signature missing" : "Signature invalid");
        foreach (Evidence evidence in verdict.IsTrusted ? verdict.Proof.Evidence : [])
        {
            Say($"  {TextReport.InWords(evidence)}");
        }

        foreach (Finding finding in isUnsigned ? [] : verdict.Findings)
        {
            Say(finding, report);
        }

        if (decision is { Text.Length: > 0 })
        {
            Say(TerminalText.Escape(decision.IsLoaded && !verdict.IsTrusted ? $"a server that only warns says: {decision.Text}" : decision.Text));
        }

        foreach (Remark remark in verdict.Proof.Remarks)
        {
            Say($"  note: {TerminalText.Escape(remark.Text)}");
        }

        foreach (string policy in TextReport.Policies(report.Policies))
        {
            Say($"  policy: {policy}");
        }

        if (!verdict.IsTrusted)
        {
            Say("");
            Say($"Suggestion: {verdict.Findings[0].Advice.In(SurfaceWording.CommandLine)}");
        }
    }

    private static void Say(Finding finding, Report report)
    {
        if (finding.Reason == SentinelReasons.PolicyHashMismatch)
        {
            Say("Signature invalid: policy content does not match signature");
            Say($"  Expected hash: {TerminalText.Escape(report.Verdict.Claims.First(claim => claim.Name == "policy hash").Value)}");
            Say($"  Computed hash: {report.ArtifactDigests.First(digest => digest.StartsWith("sha256:", StringComparison.Ordinal))["sha256:".Length..]}");
        }
        else if (finding.Reason == Reasons.MalformedSignature)
        {
            Say($"Error: failed to parse signature file: {TerminalText.Escape(finding.Detail)}");
        }
        else
        {
            Say($"Signature invalid: {TerminalText.Escape(finding.Detail)} ({finding.Reason.Code})");
        }
    }

    private static void Say(string line) => Terminal.Error.WriteLine(line);
}
