using OfflineKit.Host.Requests;
using System.Text;
using System.Text.Json;
using OfflineKit.Host.Answers;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Policies;

/// <summary>What <c>policy check</c> found, on standard output.</summary>
internal static class PolicyOutput
{
    /// <summary>Writes <paramref name="answer"/>.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(PolicyAnswer answer, OutputForm form)
    {
        using Stream stdout = Terminal.OpenOutput();
        stdout.Write(form == OutputForm.Json ? Json(answer) : Encoding.Utf8Text.Encode(Text(answer)));
        return answer.Finding is null ? ExitCode.Trusted : ExitCode.NotTrusted;
    }

    private static string Text(PolicyAnswer answer)
    {
        StringBuilder text = new();
        text.Append($"{answer.Outcome}: {TerminalText.Escape(answer.Path)}\n");
        if (answer.Finding is { } finding)
        {
            text.Append($"  {finding.Reason.Code}: {TerminalText.Escape(finding.Detail)}\n    {finding.Reason.Meaning}\n    next: {finding.Advice.In(SurfaceWording.CommandLine)}\n");
        }

        foreach (string demand in answer.Demands)
        {
            text.Append($"  demands: {TerminalText.Escape(demand)}\n");
        }

        foreach (string remark in answer.Remarks)
        {
            text.Append($"  note: {TerminalText.Escape(remark)}\n");
        }

        return text.ToString();
    }

    private static byte[] Json(PolicyAnswer answer)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            answer.Write(json, SurfaceWording.CommandLine);
        }

        return [.. buffer.ToArray(), (byte)'\n'];
    }
}
