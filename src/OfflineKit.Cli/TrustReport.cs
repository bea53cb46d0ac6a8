using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using OfflineKit.Cli.State;
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
    string Command, string Subject, string Headline, Finding? Refusal, TufRepository? Repository, ImmutableArray<string> Changes, DateTimeOffset Time)
{
    /// <summary>Writes it to standard output; the exit code follows.</summary>
    public int Write(OutputForm form)
    {
        using Stream stdout = Console.OpenStandardOutput();
        stdout.Write(form == OutputForm.Json ? Json() : System.Text.Encoding.UTF8.GetBytes(Text()));
        return Refusal is null ? ExitCode.Trusted : ExitCode.NotTrusted;
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
        if (Refusal is { } refusal)
        {
            Line(text, $"  {refusal.Reason.Code}: {TerminalText.Escape(refusal.Detail)}");
            Line(text, $"    {refusal.Reason.Meaning}");
            Line(text, $"    next: {refusal.Reason.NextStep}");
        }

        if (Repository is { } repository)
        {
            Line(text, $"  root        version {repository.Root.Version}, sha256:{repository.Root.Fingerprint}");
            foreach (RoleExpiry expiry in repository.Expiries)
            {
                Line(text, $"  role        {TerminalText.Escape(expiry.Role)} version {expiry.Version}, {InWords(expiry, Time)} ({TufTime.Write(expiry.Expires)})");
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

        return text.ToString();
    }

    private byte[] Json()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("command", Command);
            json.WriteString("subject", Subject);
            json.WriteString("outcome", Headline);
            WriteFindings(json);
            if (Repository is not null)
            {
                WriteRepository(json, Repository, Time);
            }

            json.WriteStartArray("changes");
            foreach (string change in Changes)
            {
                json.WriteStringValue(change);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return [.. buffer.ToArray(), (byte)'\n'];
    }

    private void WriteFindings(Utf8JsonWriter json)
    {
        json.WriteStartArray("findings");
        if (Refusal is { } refusal)
        {
            json.WriteStartObject();
            json.WriteString("reason", refusal.Reason.Code);
            json.WriteString("meaning", refusal.Reason.Meaning);
            json.WriteString("detail", refusal.Detail);
            json.WriteString("nextStep", refusal.Reason.NextStep);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRepository(Utf8JsonWriter json, TufRepository repository, DateTimeOffset time)
    {
        json.WriteStartObject("root");
        json.WriteNumber("version", repository.Root.Version);
        json.WriteString("sha256", repository.Root.Fingerprint);
        json.WriteEndObject();
        json.WriteStartArray("roles");
        foreach (RoleExpiry expiry in repository.Expiries)
        {
            json.WriteStartObject();
            json.WriteString("role", expiry.Role);
            json.WriteNumber("version", expiry.Version);
            json.WriteString("expires", TufTime.Write(expiry.Expires));
            json.WriteBoolean("expired", expiry.Expires <= time);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("targets");
        foreach (VerifiedTarget target in repository.Targets)
        {
            json.WriteStartObject();
            json.WriteString("path", target.File.Path);
            json.WriteNumber("length", target.Content.Length);
            json.WriteString("role", target.Role);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
