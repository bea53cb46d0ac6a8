using OfflineKit.Host.Requests;
using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Cli.Commands;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli;

/// <summary>How one imported root stands.</summary>
/// <param name="Name">The name of the import.</param>
/// <param name="Trust">The trust, verified from its pinned root; null when it does not verify.</param>
/// <param name="Before">The import before it, where it is still there.</param>
/// <param name="Refusal">Why it is not in force, or null.</param>
/// <param name="Time">The time at which it was judged.</param>
internal sealed record TrustStatus(string Name, ImportedTrust? Trust, ImportedTrust? Before, Finding? Finding, DateTimeOffset Time)
{
    /// <summary>The status of the import in <paramref name="folder"/>.</summary>
    public static TrustStatus Of(TrustFolder folder, DateTimeOffset time, TimeSpan? maxAge)
    {
        Result<ImportedTrust> loaded = folder.Load(pin: null, time);
        Finding? finding = loaded.Finding ?? TrustAge.Judge(loaded.Value!, time, maxAge);
        return new TrustStatus(folder.Name, loaded.Value, loaded.Value is null ? null : folder.Previous(time), finding, time);
    }

    /// <summary>A day and how long ago it was: <c>2026-11-22 (12 days ago)</c>.</summary>
    public static string Days(string day, DateTimeOffset time) =>
        $"{day} ({DateOnly.FromDateTime(time.UtcDateTime).DayNumber - Rfc3339.ParseDate(day, "retrieved-on").DayNumber} days ago)";

    private ImmutableArray<string> Changes => Trust is { } now && Before is { } before ? TrustChange.Between(before.Repository, now.Repository) : [];

    private ImmutableArray<string> Revoked => Trust is { } now && Before is { } before ? TrustChange.Revoked(before.Repository, now.Repository) : [];

    /// <summary>Its lines of the screen.</summary>
    public void WriteText(TextWriter screen, TrustChoices choices)
    {
        screen.WriteLine($"{Name}: {(Finding is null ? "in force" : "REFUSED")}");
        if (Finding is not null)
        {
            screen.WriteLine($"  {Finding.Reason.Code}: {TerminalText.Escape(Finding.Detail)}");
            screen.WriteLine($"    next: {Finding.Advice.In(SurfaceWording.CommandLine)}");
        }

        if (Trust is not { } trust)
        {
            return;
        }

        TufRepository repository = trust.Repository;
        RoleExpiry first = repository.FirstExpiry;
        screen.WriteLine($"  root        version {repository.Root.Version}, sha256:{repository.Root.Fingerprint}");
        screen.WriteLine($"  pinned root sha256:{trust.Record.PinnedRoot}");
        screen.WriteLine($"  imported    {UtcText.Seconds(trust.Record.ImportedOn)} from {TerminalText.Escape(trust.Record.Bundle)}{(trust.Record.IsAged ? ", as aged" : "")}");
        screen.WriteLine($"  age         {TrustAge.InWords(trust, Time)}");
        screen.WriteLine($"  next expiry {TerminalText.Escape(first.Role)} version {first.Version}, {TrustReport.InWords(first, Time)} ({UtcText.Seconds(first.Expires)})");
        screen.WriteLine($"  targets     {repository.Targets.Length}");
        WriteKeys(screen, trust, choices);
        foreach (string revoked in Revoked)
        {
            screen.WriteLine($"  REVOKED since the last import: {TerminalText.Escape(revoked)}");
        }

        foreach (string change in Changes)
        {
            screen.WriteLine($"  last import {TerminalText.Escape(change)}");
        }
    }

    /// <summary>The same as one object.</summary>
    public void WriteJson(Utf8JsonWriter json, TrustChoices choices)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteString("outcome", Finding is null ? "in force" : "refused");
        TrustJson.WriteFindings(json, Finding);
        if (Trust is { } trust)
        {
            TrustJson.WriteRepository(json, trust.Repository, Time);
            json.WriteString("pinnedRoot", trust.Record.PinnedRoot);
            json.WriteString("importedOn", UtcText.Seconds(trust.Record.ImportedOn));
            json.WriteString("bundle", trust.Record.Bundle);
            json.WriteBoolean("aged", trust.Record.IsAged);
            json.WriteNumber("ageDays", TrustAge.DaysOf(trust, Time));
            TrustJson.WriteTime(json, "signedOn", trust.Repository.NewestVerifiedTime);
            json.WritePropertyName("expiresNext");
            TrustJson.WriteExpiry(json, trust.Repository.FirstExpiry, Time);
            TrustJson.WriteRoots(json, "keys", [.. KnownRoot.Of(trust).Value ?? []], choices);
            TrustJson.WriteTexts(json, "revokedSinceLastImport", Revoked);
            TrustJson.WriteTexts(json, "changes", Changes);
        }

        json.WriteEndObject();
    }

    private static void WriteKeys(TextWriter screen, ImportedTrust trust, TrustChoices choices)
    {
        Result<KnownRoot[]> keys = KnownRoot.Of(trust);
        if (keys.Finding is { } finding)
        {
            screen.WriteLine($"  {finding.Reason.Code}: {TerminalText.Escape(finding.Detail)}");
        }

        foreach (KnownRoot known in keys.Value ?? [])
        {
            string off = choices.IsOn(known.Root) ? "" : ", off";
            screen.WriteLine($"  {(known.Root.Kind == TrustRootKind.PublicKey ? "key        " : "root       ")} {TerminalText.Escape(known.Root.Name)}: {TerminalText.Escape(known.Root.Status.ToString())}{off}");
        }
    }
}
