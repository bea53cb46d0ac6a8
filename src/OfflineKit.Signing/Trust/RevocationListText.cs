using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Signing.Trust;

/// <summary>Writes <c>revocations.json</c>: keys and certificates that are listed nowhere and count no longer.</summary>
internal static class RevocationListText
{
    /// <summary>The list with one more entry; <paramref name="member"/> is <c>fingerprint</c> (of a key) or <c>certificate</c>.</summary>
    public static byte[] WithEntry(byte[]? list, string member, string sha256, KeyStatus status)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartArray("revoked");
            foreach (JsonValue entry in list is null ? [] : StrictJson.ParseObject(list, RevocationList.FileName).Array("revoked"))
            {
                json.WriteRawValue(entry.Raw.Span);
            }

            json.WriteStartObject();
            json.WriteString(member, sha256);
            Write(json, "revoked-on", status.Since);
            Write(json, "compromised-since", status.Compromise?.From);
            Write(json, "compromised-until", status.Compromise?.Until);
            json.WriteString("reason", status.Why);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        byte[] written = [.. text.ToArray(), (byte)'\n'];
        _ = RevocationList.Parse(written);
        return written;
    }

    private static void Write(Utf8JsonWriter json, string member, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(member, UtcText.Seconds(known));
        }
    }
}
