using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Signing.Trust;

/// <summary>A file that a snapshot or timestamp names.</summary>
/// <param name="Name">Such as <c>targets.json</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record NamedMetadata(string Name, long Version, ReadOnlyMemory<byte> Content);

/// <summary>A role that targets delegate paths to.</summary>
/// <param name="Keys">Its name, keys and threshold.</param>
/// <param name="Paths">Path patterns.</param>
/// <param name="Terminating">No later role is asked for these paths.</param>
internal sealed record DelegatedRole(RoleKeys Keys, ImmutableArray<string> Paths, bool Terminating)
{
    /// <summary>Prefixes of the SHA-256 of paths; when given, they stand in place of <see cref="Paths"/>.</summary>
    public ImmutableArray<string> HashPrefixes { get; init; } = [];
}

/// <summary>Writes the signed part of each kind of TUF metadata, as JSON text; what is signed is its canonical form.</summary>
/// <remarks>Source: TUF specification 1.0 §4.3–4.6. consistent_snapshot is false: a repository in a folder has one state.</remarks>
internal static class MetadataText
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A root.</summary>
    public static byte[] Root(long version, DateTimeOffset expires, ImmutableArray<RoleKeys> roles) => Signed("root", version, expires, json =>
    {
        json.WriteBoolean("consistent_snapshot", value: false);
        WriteKeys(json, roles);
        json.WriteStartObject("roles");
        foreach (RoleKeys role in roles)
        {
            json.WriteStartObject(role.Role);
            WriteRole(json, role.Checked());
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    /// <summary>A targets file over <paramref name="files"/> by path.</summary>
    public static byte[] Targets(long version, DateTimeOffset expires, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files, ImmutableArray<DelegatedRole> delegations = default) =>
        Signed("targets", version, expires, json =>
        {
            json.WriteStartObject("targets");
            foreach (KeyValuePair<string, ReadOnlyMemory<byte>> file in files)
            {
                json.WriteStartObject(file.Key);
                WriteBytes(json, file.Value.Span);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            WriteDelegations(json, delegations.IsDefault ? [] : delegations);
        });

    /// <summary>A snapshot of <paramref name="files"/>, with lengths and hashes.</summary>
    public static byte[] Snapshot(long version, DateTimeOffset expires, IEnumerable<NamedMetadata> files) =>
        Signed("snapshot", version, expires, json => WriteMeta(json, files));

    /// <summary>A timestamp of <paramref name="snapshot"/>, which also says when it was signed.</summary>
    public static byte[] Timestamp(long version, DateTimeOffset expires, NamedMetadata snapshot, DateTimeOffset signedOn) => Signed("timestamp", version, expires, json =>
    {
        WriteMeta(json, [snapshot]);
        json.WriteString(TimestampMetadata.SignedOnMember, UtcText.Seconds(signedOn));
    });

    /// <summary>The file that joins <paramref name="signed"/> with hex signatures by key id.</summary>
    public static byte[] File(ReadOnlySpan<byte> signed, IEnumerable<KeyValuePair<string, string>> signatures)
    {
        byte[] head = Json(json =>
        {
            json.WriteStartArray();
            foreach (KeyValuePair<string, string> signature in signatures.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("keyid", signature.Key);
                json.WriteString("sig", signature.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        return [.. "{\"signatures\":"u8, .. head, .. ",\"signed\":"u8, .. signed, .. "}\n"u8];
    }

    internal static byte[] Json(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Plain))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Signed(string type, long version, DateTimeOffset expires, Action<Utf8JsonWriter> write)
    {
        return Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("_type", type);
            json.WriteString("spec_version", "1.0.0");
            json.WriteNumber("version", version);
            json.WriteString("expires", UtcText.Seconds(expires));
            write(json);
            json.WriteEndObject();
        });
    }

    private static void WriteKeys(Utf8JsonWriter json, IEnumerable<RoleKeys> roles)
    {
        json.WriteStartObject("keys");
        foreach (KeyMaterial key in roles.SelectMany(role => role.Keys).Distinct())
        {
            json.WritePropertyName(TufKeyText.IdOf(key));
            TufKeyText.Write(json, key);
        }

        json.WriteEndObject();
    }

    private static void WriteRole(Utf8JsonWriter json, RoleKeys role)
    {
        WriteTexts(json, "keyids", role.Keys.Select(TufKeyText.IdOf));
        json.WriteNumber("threshold", role.Threshold);
    }

    private static void WriteDelegations(Utf8JsonWriter json, ImmutableArray<DelegatedRole> delegations)
    {
        if (delegations.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("delegations");
        WriteKeys(json, delegations.Select(delegation => delegation.Keys));
        json.WriteStartArray("roles");
        foreach (DelegatedRole delegation in delegations)
        {
            json.WriteStartObject();
            json.WriteString("name", delegation.Keys.Role);
            WriteRole(json, delegation.Keys.Checked());
            WriteTexts(json, delegation.HashPrefixes.IsEmpty ? "paths" : "path_hash_prefixes", delegation.HashPrefixes.IsEmpty ? delegation.Paths : delegation.HashPrefixes);
            json.WriteBoolean("terminating", delegation.Terminating);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter json, IEnumerable<NamedMetadata> files)
    {
        json.WriteStartObject("meta");
        foreach (NamedMetadata file in files)
        {
            json.WriteStartObject(file.Name);
            json.WriteNumber("version", file.Version);
            WriteBytes(json, file.Content.Span);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteBytes(Utf8JsonWriter json, ReadOnlySpan<byte> content)
    {
        json.WriteNumber("length", content.Length);
        json.WriteStartObject("hashes");
        json.WriteString("sha256", Digest.Sha256(content).Hex);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
