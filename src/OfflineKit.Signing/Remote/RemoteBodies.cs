using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Remote;

/// <summary>A file, as far as a signing service is told of it.</summary>
/// <param name="Sha256">Its digest, lower-case hex.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record RemoteFile(string Sha256, long Bytes);

/// <summary>Writes the requests to a signing service.</summary>
/// <remarks>Source: docs/signer/api.md.</remarks>
internal static class RemoteBodies
{
    /// <summary>A request for a statement.</summary>
    public static byte[] Statement(IReadOnlyList<(string Name, string Sha256)> subjects, string predicateType, JsonValue predicate, string? scanner, string poe) => JsonText.Object(json =>
    {
        json.WriteStartArray("subject");
        foreach ((string name, string sha256) in subjects)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.Object("digest", digest => digest.WriteString("sha256", sha256));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("predicateType", predicateType);
        json.WritePropertyName("predicate");
        json.WriteRawValue(predicate.Raw.Span);
        if (scanner is not null)
        {
            json.WriteString("scannerImageDigest", scanner);
        }

        WritePoe(json, poe);
    });

    /// <summary>A request for the provenance of an export.</summary>
    /// <param name="id">The export's id.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="archive">Its archive.</param>
    /// <param name="tool"><c>NAME=VERSION</c> of what made it.</param>
    /// <param name="materials"><c>URI=sha256:HEX</c> of what it was made of.</param>
    /// <param name="poe">The proof of entitlement.</param>
    public static byte[] Export(string id, RemoteFile manifest, RemoteFile archive, string tool, IReadOnlyList<string> materials, string poe) => JsonText.Object(json =>
    {
        json.WriteString("exportId", id);
        json.Object("manifest", file =>
        {
            WriteFile(file, manifest);
            file.WriteString("mediaType", "application/json");
        });
        json.Object("archive", file => WriteFile(file, archive));
        json.WriteStartArray("materials");
        foreach (string material in materials)
        {
            (string uri, string digest) = Pair(material, "=sha256:");
            json.WriteStartObject();
            json.WriteString("uri", uri);
            json.Object("digest", hash => hash.WriteString("sha256", digest));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        (string name, string version) = Pair(tool, "=");
        json.Object("tool", made =>
        {
            made.WriteString("name", name);
            made.WriteString("version", version);
        });
        WritePoe(json, poe);
    });

    private static void WriteFile(Utf8JsonWriter json, RemoteFile file)
    {
        json.WriteString("sha256", file.Sha256);
        json.WriteNumber("bytes", file.Bytes);
    }

    private static void WritePoe(Utf8JsonWriter json, string poe) => json.Object("poe", proof =>
    {
        proof.WriteString("format", "jwt");
        proof.WriteString("value", poe);
    });

    // A URI may have an equals sign of its own: the last one divides.
    private static (string Left, string Right) Pair(string text, string divider) => text.LastIndexOf(divider, StringComparison.Ordinal) is > 0 and var at
        ? (text[..at], text[(at + divider.Length)..])
        : throw new MalformedException($"\"{text}\" has no {divider}");
}
