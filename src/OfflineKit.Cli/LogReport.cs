using System.Text.Json;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Reporting;

namespace OfflineKit.Cli;

/// <summary>The report on an audit log: Sentinel's lines, or one JSON object.</summary>
/// <remarks><c>trusted</c> and the exit code are one answer: whether somebody who knows the secret that was given made every line. More an HMAC cannot say, and the report says so.</remarks>
internal static class LogReport
{
    private static readonly Remark[] Remarks =
    [
        new("note.symmetric", "HMAC is symmetric evidence: whoever can verify these lines can forge them"),
        new("note.log-unchained", "removed, reordered and repeated lines are not detectable: no chain or counter links the lines"),
    ];

    /// <summary>Writes what <paramref name="result"/> says.</summary>
    public static void Write(string name, AuditLogResult result, OutputForm form)
    {
        Finding[] findings = result.Lines == 0
            ? [SentinelReasons.LogEmpty.Because($"{name} has no line")]
            : [.. result.Failures.Select(failure => failure.Finding.Reason.Because($"line {failure.Line}: {failure.Finding.Detail}"))];
        if (form == OutputForm.Json)
        {
            WriteJson(name, result, findings);
            return;
        }

        Line($"Verifying: {TerminalText.Escape(name)}");
        Line($"  Lines scanned: {result.Lines}");
        Line($"  Verified OK:   {result.Valid}");
        Line($"  Invalid sig:   {result.InvalidSignatures}");
        Line($"  Parse errors:  {result.ParseErrors}");
        Line("");
        Conclude(result);
        foreach (Remark remark in Remarks)
        {
            Console.Error.WriteLine($"offlinekit: note: {remark.Text}");
        }
    }

    /// <summary>Says why nothing was verified: <paramref name="refusal"/> is about the secret.</summary>
    public static void Write(string name, Finding finding, OutputForm form)
    {
        if (form == OutputForm.Json)
        {
            WriteJson(name, new AuditLogResult(0, 0, 0, 0, []), [finding]);
            return;
        }

        Line($"VERIFICATION FAILED: {finding.Reason.Code}: {TerminalText.Escape(finding.Detail)}");
        Line("Exit code: 1");
        Console.Error.WriteLine($"offlinekit: hint: {finding.Reason.NextStep}");
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

    private static void WriteJson(string name, AuditLogResult result, Finding[] findings)
    {
        using Stream stdout = Console.OpenStandardOutput();
        using (Utf8JsonWriter json = new(stdout))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Report.Version);
            json.WriteBoolean("trusted", result.IsIntact);
            json.WriteString("format", "sentinel-log");
            json.WriteString("evidenceClass", "symmetric");
            json.WriteBoolean("intact", result.IsIntact);
            json.WriteString("log", name);
            json.WriteNumber("lines", result.Lines);
            json.WriteNumber("valid", result.Valid);
            json.WriteNumber("invalidSignatures", result.InvalidSignatures);
            json.WriteNumber("parseErrors", result.ParseErrors);
            Write(json, "findings", findings, finding =>
                [("reason", finding.Reason.Code), ("meaning", finding.Reason.Meaning), ("detail", finding.Detail), ("nextStep", finding.Reason.NextStep)]);
            Write(json, "remarks", Remarks, remark => [("code", remark.Code), ("text", remark.Text)]);
            json.WriteEndObject();
        }

        stdout.Write("\n"u8);
    }

    private static void Write<T>(Utf8JsonWriter json, string name, T[] items, Func<T, (string Name, string Value)[]> members)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            foreach ((string member, string value) in members(item))
            {
                json.WriteString(member, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Line(string text) => Console.Out.WriteLine(text);
}
