using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Policies;

/// <summary>What <c>policy check</c> found: a refusal, or the demands in words and what may surprise.</summary>
/// <param name="Path">The policy's file.</param>
/// <param name="Refusal">What is wrong with it, or null.</param>
/// <param name="Demands">Each demand in words.</param>
/// <param name="Remarks">What no rule forbids.</param>
internal sealed record PolicyReport(string Path, Finding? Finding, ImmutableArray<string> Demands, ImmutableArray<string> Remarks)
{
    private string Outcome => Finding is null ? "SOUND" : "REFUSED";

    /// <summary>Writes it to standard output; the exit code follows.</summary>
    public int Write(OutputForm form)
    {
        using Stream stdout = Console.OpenStandardOutput();
        stdout.Write(form == OutputForm.Json ? Json() : Encoding.Utf8Text.Encode(Text()));
        return Finding is null ? ExitCode.Trusted : ExitCode.NotTrusted;
    }

    private string Text()
    {
        StringBuilder text = new();
        text.Append($"{Outcome}: {TerminalText.Escape(Path)}\n");
        if (Finding is { } finding)
        {
            text.Append($"  {finding.Reason.Code}: {TerminalText.Escape(finding.Detail)}\n    {finding.Reason.Meaning}\n    next: {finding.Reason.NextStep}\n");
        }

        foreach (string demand in Demands)
        {
            text.Append($"  demands: {TerminalText.Escape(demand)}\n");
        }

        foreach (string remark in Remarks)
        {
            text.Append($"  note: {TerminalText.Escape(remark)}\n");
        }

        return text.ToString();
    }

    private byte[] Json()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("command", "policy check");
            json.WriteString("subject", Path);
            json.WriteString("outcome", Outcome);
            json.WriteStartArray("findings");
            if (Finding is { } finding)
            {
                json.WriteStartObject();
                json.WriteString("reason", finding.Reason.Code);
                json.WriteString("meaning", finding.Reason.Meaning);
                json.WriteString("detail", finding.Detail);
                json.WriteString("nextStep", finding.Reason.NextStep);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteTexts(json, "demands", Demands);
            WriteTexts(json, "remarks", Remarks);
            json.WriteEndObject();
        }

        return [.. buffer.ToArray(), (byte)'\n'];
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
