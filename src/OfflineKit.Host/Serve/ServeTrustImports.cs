using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Host.State;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Host.Serve;

/// <summary>The verbs of the serve protocol that change what this user trusts by more than one key: trust-import and trust-switch.</summary>
internal sealed class ServeTrustImports(ServeAnswers answers, Machine machine)
{
    /// <summary>Verifies a trust bundle and keeps it as trusted: from a pinned root at first, as the successor of what is there afterwards.</summary>
    public Action Import(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "path", "name", "rootFingerprint", "acceptExpiredMetadata", "at");
        request.RefuseSpecialFiles();
        DateTimeOffset? stated = request.Members.OptionalString("at") is { } at ? Rfc3339.Parse(at, "request.at") : null;
        JudgedAt time = new(stated ?? TimeProvider.System.GetUtcNow(), IsStated: stated is not null);
        TrustFolder folder = TrustState.At(option: null).Root(request.Members.OptionalString("name") ?? TrustState.DefaultName);
        Result<ITufFiles> files = Bundle.Open(request.Path);
        ImportOutcome outcome = files.Value is { } opened
            ? TrustImport.Run(folder, new ImportRequest(opened, Bundle.NameOf(request.Path), Pin(request), time, Rule(request)))
            : new ImportOutcome(Before: null, Now: null, files.Finding, IsUnchanged: false);
        return outcome.Now is { } now
            ? () => answers.Done(request.Id, outcome.IsUnchanged ? "unchanged" : "imported", json => Write(json, folder.Name, outcome.Before, now))
            : () => answers.Error(request.Id, outcome.Finding!.Reason, outcome.Finding.Detail);
    }

    /// <summary>Switches a root on or off for good.</summary>
    public Action Switch(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "name", "on");
        (string name, bool on) = (request.Members.String("name"), request.Members["on"].Boolean);
        _ = KnownRoots.Read(TrustState.DefaultOrNull(option: null), machine, TimeProvider.System.GetUtcNow()).Named(name);
        TrustChoices.Update(choices => on ? choices.Enabling(name) : choices.Disabling(name));
        return () => answers.Done(request.Id, "switched", json =>
        {
            json.WriteString("name", name);
            json.WriteBoolean("enabled", on);
        });
    }

    private static string? Pin(ServeRequest request)
    {
        string? pin = request.Members.OptionalString("rootFingerprint");
        return pin is null || (pin.Length == 64 && pin.All(char.IsAsciiHexDigitLower))
            ? pin
            : throw new UsageException($"rootFingerprint {pin} is no SHA-256: wanted 64 lower-case hex digits");
    }

    private static ExpiryRule Rule(ServeRequest request) => request.Members.Optional("acceptExpiredMetadata")?.Boolean == true ? ExpiryRule.Report : ExpiryRule.Refuse;

    private static void Write(Utf8JsonWriter json, string name, ImportedTrust? before, ImportedTrust now)
    {
        json.WriteString("name", name);
        json.WriteNumber("rootVersion", now.Repository.Root.Version);
        json.WriteString("pinnedRoot", now.Record.PinnedRoot);
        json.WriteString("expires", UtcText.Seconds(now.Repository.FirstExpiry.Expires));
        json.WriteBoolean("aged", now.Record.IsAged);
        json.WriteStartArray("changes");
        foreach (string change in before is null ? [] : TrustChange.Between(before.Repository, now.Repository))
        {
            json.WriteStringValue(change);
        }

        json.WriteEndArray();
    }
}
