using OfflineKit.Host.Requests;
using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Host.State;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli;

/// <summary>The parts of which the JSON answers of the trust commands consist.</summary>
/// <remarks>Form: docs/spec/trust-reports.md. Members are always there; what is not known is an empty text, an empty list or null.</remarks>
internal static class TrustJson
{
    /// <summary>One line with everything that <paramref name="write"/> writes, on standard output.</summary>
    public static void Answer(string command, Action<Utf8JsonWriter> write)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("command", command);
            write(json);
            json.WriteEndObject();
        }

        using Stream stdout = Terminal.OpenOutput();
        stdout.Write([.. buffer.ToArray(), (byte)'\n']);
    }

    /// <summary><c>findings</c>: none or one.</summary>
    public static void WriteFindings(Utf8JsonWriter json, Finding? finding)
    {
        json.WriteStartArray("findings");
        if (finding is not null)
        {
            json.WriteStartObject();
            json.WriteString("reason", finding.Reason.Code);
            json.WriteString("meaning", finding.Reason.Meaning);
            json.WriteString("detail", finding.Detail);
            json.WriteString("nextStep", finding.Advice.In(SurfaceWording.CommandLine));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary><c>root</c>, <c>roles</c> and <c>targets</c> of a repository.</summary>
    public static void WriteRepository(Utf8JsonWriter json, TufRepository repository, DateTimeOffset time)
    {
        json.WriteStartObject("root");
        json.WriteNumber("version", repository.Root.Version);
        json.WriteString("sha256", repository.Root.Fingerprint);
        json.WriteEndObject();
        json.WriteStartArray("roles");
        foreach (RoleExpiry expiry in repository.Expiries)
        {
            WriteExpiry(json, expiry, time);
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

    /// <summary>One role with its expiry.</summary>
    public static void WriteExpiry(Utf8JsonWriter json, RoleExpiry expiry, DateTimeOffset time)
    {
        json.WriteStartObject();
        json.WriteString("role", expiry.Role);
        json.WriteNumber("version", expiry.Version);
        json.WriteString("expires", UtcText.Seconds(expiry.Expires));
        json.WriteBoolean("expired", expiry.Expires <= time);
        json.WriteEndObject();
    }

    /// <summary><c>roots</c>: single trust roots, each with everything that limits it.</summary>
    public static void WriteRoots(Utf8JsonWriter json, string member, ImmutableArray<KnownRoot> roots, TrustChoices choices)
    {
        json.WriteStartArray(member);
        foreach (KnownRoot known in roots)
        {
            json.WriteStartObject();
            WriteRoot(json, known, choices);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A list of words.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string member, IEnumerable<string> texts)
    {
        json.WriteStartArray(member);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteRoot(Utf8JsonWriter json, KnownRoot known, TrustChoices choices)
    {
        TrustRoot root = known.Root;
        foreach ((string member, string text) in (ReadOnlySpan<(string, string)>)
        [
            ("name", root.Name), ("kind", known.Kind), ("origin", known.Origin), ("importedAs", known.ImportedAs), ("status", known.Status), ("statusReason", root.Status.Why),
            ("fingerprint", root.Fingerprint), ("file", root.File), ("sha256", root.ContentDigest.Hex), ("source", root.Source), ("retrievedOn", root.RetrievedOn), ("note", root.Note),
        ])
        {
            json.WriteString(member, text);
        }

        json.WriteBoolean("enabled", choices.IsOn(root));
        json.WriteBoolean("onByDefault", root.IsOnByDefault);
        WriteTime(json, "statusSince", root.Status.Since);
        WriteTime(json, "compromisedSince", root.Status.Compromise?.From);
        WriteTime(json, "compromisedUntil", root.Status.Compromise?.Until);
        WriteTime(json, "validFrom", root.Validity.From);
        WriteTime(json, "validUntil", root.Validity.Until);
        WriteTexts(json, "formats", root.Formats);
        WriteTexts(json, "algorithms", root.Schemes.Select(scheme => scheme.Label));
        WriteTexts(json, "hints", root.Hints);
        WriteTexts(json, "marks", root.Marks);
        WriteTexts(json, "artifacts", root.Scope.Artifacts);
        WriteTexts(json, "payloadTypes", root.Scope.PayloadTypes);
        WriteTexts(json, "namespaces", root.Scope.Namespaces);
        WriteTexts(json, "tenants", root.Scope.Tenants);
    }

    /// <summary>A time, or null where it is not known.</summary>
    public static void WriteTime(Utf8JsonWriter json, string member, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(member, UtcText.Seconds(known));
        }
        else
        {
            json.WriteNull(member);
        }
    }
}
