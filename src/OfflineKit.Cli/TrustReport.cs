using OfflineKit.Host.Requests;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli;

/// <summary>What a trust command came to: a refusal, or a repository and what is new in it.</summary>
/// <param name="Command">Such as <c>trust import</c>.</param>
/// <param name="Subject">The bundle or root that it was about.</param>
/// <param name="Headline">The outcome in a few words.</param>
/// <param name="Refusal">Why it was refused, or null.</param>
/// <param name="Repository">The repository, or null.</param>
/// <param name="Changes">What changed against the trust before, in words.</param>
/// <param name="Time">The time at which it was judged.</param>
internal sealed record TrustReport(
    string Command, string Subject, string Headline, Finding? Finding, TufRepository? Repository, ImmutableArray<string> Changes, DateTimeOffset Time)
{
    /// <summary>The fingerprint that the next room pins; empty where it is no matter.</summary>
    public string PinnedRoot { get; init; } = "";

    /// <summary>What the repository brings and this version cannot use, in words; it stops nothing else.</summary>
    public ImmutableArray<string> Unusable { get; init; } = [];

    /// <summary>Writes it to standard output; the exit code follows.</summary>
    public int Write(OutputForm form)
    {
        if (form == OutputForm.Json)
        {
            TrustJson.Answer(Command, WriteJson);
        }
        else
        {
            using Stream stdout = Terminal.OpenOutput();
            stdout.Write(System.Text.Encoding.UTF8.GetBytes(Text()));
        }

        return Finding is null ? ExitCode.Trusted : ExitCode.NotTrusted;
    }

    /// <summary>How a role's expiry stands at <paramref name="time"/>: <c>expires in 12 days</c>.</summary>
    public static string InWords(RoleExpiry expiry, DateTimeOffset time)
    {
        int days = (int)Math.Floor(Math.Abs((expiry.Expires - time).TotalDays));
        return expiry.Expires <= time ? $"EXPIRED {days} days ago" : $"expires in {days} days";
    }

    private string Text()
    {
        StringBuilder text = new();
        Line(text, $"{Headline}: {TerminalText.Escape(Subject)}");
        if (Finding is { } finding)
        {
            Line(text, $"  {finding.Reason.Code}: {TerminalText.Escape(finding.Detail)}");
            Line(text, $"    {finding.Reason.Meaning}");
            Line(text, $"    next: {finding.Advice.In(SurfaceWording.CommandLine)}");
        }

        if (Repository is { } repository)
        {
            Line(text, $"  root        version {repository.Root.Version}, sha256:{repository.Root.Fingerprint}");
            if (PinnedRoot.Length > 0)
            {
                Line(text, $"  pinned root sha256:{PinnedRoot}");
            }

            foreach (RoleExpiry expiry in repository.Expiries)
            {
                Line(text, $"  role        {TerminalText.Escape(expiry.Role)} version {expiry.Version}, {InWords(expiry, Time)} ({UtcText.Seconds(expiry.Expires)})");
            }

            foreach (VerifiedTarget target in repository.Targets)
            {
                Line(text, $"  target      {TerminalText.Escape(target.File.Path)} ({target.Content.Length} bytes, by {TerminalText.Escape(target.Role)})");
            }
        }

        foreach (string change in Changes)
        {
            Line(text, $"  change      {TerminalText.Escape(change)}");
        }

        foreach (string part in Unusable)
        {
            Line(text, $"  not usable  {TerminalText.Escape(part)}");
        }

        return text.ToString();
    }

    private void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("subject", Subject);
        json.WriteString("outcome", Headline);
        TrustJson.WriteFindings(json, Finding);
        if (Repository is not null)
        {
            TrustJson.WriteRepository(json, Repository, Time);
            json.WriteString("pinnedRoot", PinnedRoot);
        }

        TrustJson.WriteTexts(json, "changes", Changes);
        TrustJson.WriteTexts(json, "unusable", Unusable);
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
