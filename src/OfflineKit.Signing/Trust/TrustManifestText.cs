using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Trust;

/// <summary>A public key, or a file of several, to be listed in a repository, and what it may sign.</summary>
/// <param name="Name">Unique: lower-case letters, digits, <c>-</c> and <c>.</c>.</param>
/// <param name="File">The plain file name of the target.</param>
/// <param name="Content">The key file.</param>
/// <param name="AddedOn">The day, for the record.</param>
internal sealed record TrustEntry(string Name, string File, ReadOnlyMemory<byte> Content, DateTimeOffset AddedOn)
{
    /// <summary>What the file holds, as <c>trust.json</c> spells it.</summary>
    public string Kind { get; init; } = PublicKeyKind;

    /// <summary>The kind of a file with one public key: the only one that has a fingerprint.</summary>
    public const string PublicKeyKind = "public-key";

    /// <summary>Everything else of the entry, member by member: <c>formats</c>, <c>artifacts</c>, <c>valid-from</c> …</summary>
    public ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> Lists { get; init; } = [];

    /// <summary>Single-valued members: <c>valid-from</c>, <c>valid-until</c>, <c>note</c>.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Texts { get; init; } = [];
}

/// <summary>Writes <c>trust.json</c>: entries are added and their status changed, nothing else is touched.</summary>
internal static class TrustManifestText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] StatusMembers = ["status", "status-since", "compromised-since", "compromised-until", "status-reason"];

    /// <summary>The manifest with <paramref name="entry"/> at its end.</summary>
    public static byte[] WithEntry(byte[]? manifest, TrustEntry entry)
    {
        ImmutableArray<JsonValue> entries = Entries(manifest);
        if (entries.Any(other => other.String("name") == entry.Name || other.String("file") == entry.File))
        {
            throw TrustReasons.Exists.Refusal($"a key called {entry.Name}, or its file {entry.File}, is listed already");
        }

        // A misspelt format would be a key that signs nothing.
        if (entry.Lists.Where(list => list.Key == "formats").SelectMany(list => list.Value).FirstOrDefault(format => KnownFormats.ByName(format) is null) is { } unknown)
        {
            throw TrustReasons.Impossible.Refusal($"there is no format \"{unknown}\"; there are {string.Join(", ", KnownFormats.All.Select(format => format.Name))}");
        }

        return Checked(json =>
        {
            foreach (JsonValue other in entries)
            {
                json.WriteRawValue(other.Raw.Span);
            }

            WriteEntry(json, entry);
        }, entry);
    }

    /// <summary>The manifest in which the entry called <paramref name="name"/> has <paramref name="status"/>.</summary>
    public static byte[] WithStatus(byte[] manifest, string name, KeyStatus status)
    {
        ImmutableArray<JsonValue> entries = Entries(manifest);
        if (!entries.Any(entry => entry.String("name") == name))
        {
            throw TrustReasons.Missing.Refusal($"no key is called {name}");
        }

        return Checked(json =>
        {
            foreach (JsonValue entry in entries)
            {
                if (entry.String("name") == name)
                {
                    WriteWithStatus(json, entry, status);
                }
                else
                {
                    json.WriteRawValue(entry.Raw.Span);
                }
            }
        });
    }

    private static ImmutableArray<JsonValue> Entries(byte[]? manifest) =>
        manifest is null ? [] : StrictJson.ParseObject(manifest, TrustManifest.FileName).Array("roots");

    // What is written must be what a verifier will read.
    private static byte[] Checked(Action<Utf8JsonWriter> writeEntries, TrustEntry? added = null)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartArray("roots");
            writeEntries(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        byte[] manifest = [.. text.ToArray(), (byte)'\n'];
        TrustManifest parsed = TrustManifest.Parse(manifest);
        _ = added is null ? null : TrustRootFile.Open(parsed.Find(added.Name)!, added.Content);
        return manifest;
    }

    private static void WriteEntry(Utf8JsonWriter json, TrustEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("name", entry.Name);
        json.WriteString("kind", entry.Kind);
        json.WriteString("file", entry.File);
        json.WriteString("sha256", Digest.Sha256(entry.Content.Span).Hex);
        if (entry.Kind == TrustEntry.PublicKeyKind)
        {
            json.WriteString("fingerprint", KeyFile.Parse(entry.Content, entry.Name, entry.File).Material.Fingerprint);
        }

        json.WriteString("source", "added with offlinekit-sign trust add");
        json.WriteString("retrieved-on", UtcText.Day(entry.AddedOn));
        json.WriteString("status", "active");
        json.WriteBoolean("on-by-default", value: true);
        foreach (KeyValuePair<string, string> text in entry.Texts)
        {
            json.WriteString(text.Key, text.Value);
        }

        foreach (KeyValuePair<string, ImmutableArray<string>> list in entry.Lists)
        {
            json.WriteStartArray(list.Key);
            foreach (string item in list.Value)
            {
                json.WriteStringValue(item);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteWithStatus(Utf8JsonWriter json, JsonValue entry, KeyStatus status)
    {
        json.WriteStartObject();
        foreach (KeyValuePair<string, JsonValue> member in entry.Members.Where(member => !StatusMembers.Contains(member.Key, StringComparer.Ordinal)))
        {
            json.WritePropertyName(member.Key);
            json.WriteRawValue(member.Value.Raw.Span);
        }

        json.WriteString("status", status.Phase.ToString().ToLowerInvariant());
        foreach ((string member, DateTimeOffset? time) in (ReadOnlySpan<(string, DateTimeOffset?)>)
            [("status-since", status.Since), ("compromised-since", status.Compromise?.From), ("compromised-until", status.Compromise?.Until)])
        {
            if (time is { } known)
            {
                json.WriteString(member, UtcText.Seconds(known));
            }
        }

        json.WriteString("status-reason", status.Why);
        json.WriteEndObject();
    }
}
