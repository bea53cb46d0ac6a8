using OfflineKit.Host.Requests;
using System.Text.Json;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Host.Answers;
using OfflineKit.Reporting;

namespace OfflineKit.Cli;

/// <summary>The report on an audit log: Sentinel's lines, or one JSON object. The exit code says the same as <c>trusted</c>.</summary>
internal static class LogReport
{
    /// <summary>Writes <paramref name="answer"/>.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(LogAnswer answer, OutputForm form)
    {
        if (form == OutputForm.Json)
        {
            WriteJson(answer);
        }
        else if (answer.IsUnread)
        {
            WriteRefusal(answer);
        }
        else
        {
            WriteText(answer);
        }

        return answer.IsTrusted ? ExitCode.Trusted : ExitCode.NotTrusted;
    }

    private static void WriteText(LogAnswer answer)
    {
        AuditLogResult result = answer.Result;
        Line($"Verifying: {TerminalText.Escape(answer.Name)}");
        Line($"  Lines scanned: {result.Lines}");
        Line($"  Verified OK:   {result.Valid}");
        Line($"  Invalid sig:   {result.InvalidSignatures}");
        Line($"  Parse errors:  {result.ParseErrors}");
        Line("");
        Conclude(result);
        foreach (Remark remark in LogAnswer.Remarks)
        {
            Terminal.Error.WriteLine($"offlinekit: note: {remark.Text}");
        }

        Policies(answer);
    }

    private static void WriteRefusal(LogAnswer answer)
    {
        Finding finding = answer.Findings[0];
        Line($"VERIFICATION FAILED: {finding.Reason.Code}: {TerminalText.Escape(finding.Detail)}");
        Line("Exit code: 1");
        Policies(answer);
        Terminal.Error.WriteLine($"offlinekit: hint: {finding.Advice.In(SurfaceWording.CommandLine)}");
    }

    private static void Conclude(AuditLogResult result)
    {
        if (result.IsIntact)
        {
            Line($"VERIFICATION PASSED: All {result.Lines} entries have valid signatures");
            Line("Exit code: 0");
            return;
        }

        Line(result.Lines == 0 ? "VERIFICATION FAILED: the log has no entries" : $"VERIFICATION FAILED: {result.Failed} entries have integrity issues");
        foreach (LogFailure failure in result.Failures)
        {
            Line($"  Line {failure.Line}: {TerminalText.Escape(failure.Finding.Detail)}");
        }

        if (result.Failed > result.Failures.Length)
        {
            Line($"  ... and {result.Failed - result.Failures.Length} more failures");
        }

        Line("Exit code: 1");
    }

    private static void Policies(LogAnswer answer)
    {
        foreach (string policy in TextReport.Policies(answer.Policies))
        {
            Terminal.Error.WriteLine($"offlinekit: policy: {policy}");
        }
    }

    private static void WriteJson(LogAnswer answer)
    {
        using Stream stdout = Terminal.OpenOutput();
        using (Utf8JsonWriter json = new(stdout))
        {
            answer.Write(json, SurfaceWording.CommandLine);
        }

        stdout.Write("\n"u8);
    }

    private static void Line(string text) => Terminal.Out.WriteLine(text);
}
