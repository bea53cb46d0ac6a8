using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OfflineKit.Encoding;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Http;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signer.Signing;

/// <summary>A request for the provenance of an export: digests that the caller computed, since the service never sees the export.</summary>
/// <param name="Request">The same as a request for a statement.</param>
/// <param name="ArchiveSha256">The archive's digest.</param>
/// <remarks>Source: docs/signer/api.md, "sign/export"; SLSA provenance v1.</remarks>
internal sealed partial record ExportRequest(SignRequest Request, string ArchiveSha256)
{
    /// <summary>What kind of statement it becomes.</summary>
    public const string PredicateType = "https://slsa.dev/provenance/v1";

    private const string BuildType = "https://offlinekit.dev/signer/export/v1";
    private const int MostMaterials = 4096;

    /// <summary>The request in the body of <c>sign/export</c>.</summary>
    /// <exception cref="MalformedException">A member is missing, unknown or of the wrong kind.</exception>
    /// <exception cref="RefusedException"><c>invalid_digest</c>, <c>unsupported_poe_format</c>.</exception>
    public static ExportRequest Parse(JsonValue json)
    {
        json.RefuseOtherMembers("exportId", "manifest", "archive", "materials", "tool", "poe", "options");
        string id = json.String("exportId");
        if (!ExportId().IsMatch(id))
        {
            throw new MalformedException("request.exportId: wanted 6 to 64 of a-z 0-9 -");
        }

        string manifest = FileDigest(json.Object("manifest"), "mediaType"), archive = FileDigest(json.Object("archive"));
        ImmutableArray<StatementSubject> subjects = [Subject("export.json", manifest), Subject(id, archive)];
        SignRequest request = new(
            subjects,
            PredicateType,
            StrictJson.ParseObject(Predicate(id, json), "predicate"),
            PoeRequest.Of(json.Object("poe")),
            SignOptions.Of(json.Optional("options")));
        return new ExportRequest(request with { Subjects = [.. subjects.OrderBy(subject => subject.Name, StringComparer.Ordinal)] }, archive);
    }

    private static StatementSubject Subject(string name, string sha256) =>
        new(name, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("sha256", sha256));

    private static string FileDigest(JsonValue json, params ReadOnlySpan<string> also)
    {
        json.RefuseOtherMembers(["sha256", "bytes", .. also]);
        return json["bytes"].Integer >= 0 && (also.IsEmpty || json.String(also[0]) == "application/json")
            ? SubjectList.ImageDigest("sha256:" + json.String("sha256"))[7..]
            : throw new MalformedException($"{json.Path}: a size below zero, or a manifest that is not application/json");
    }

    // Sizes, times and names of machines stay out: the same export has the same provenance.
    private static byte[] Predicate(string id, JsonValue json) => JsonText.Object(predicate =>
    {
        JsonValue tool = json.Object("tool");
        tool.RefuseOtherMembers("name", "version");
        predicate.WriteStartObject("buildDefinition");
        predicate.WriteString("buildType", BuildType);
        predicate.WriteStartObject("externalParameters");
        predicate.WriteString("exportId", id);
        predicate.WriteEndObject();
        predicate.WriteStartArray("resolvedDependencies");
        foreach (JsonValue material in Materials(json))
        {
            predicate.WriteStartObject();
            predicate.WriteString("uri", material.String("uri"));
            predicate.WriteStartObject("digest");
            material.Object("digest").Members.ToList().ForEach(digest => predicate.WriteString(digest.Key, digest.Value.Text));
            predicate.WriteEndObject();
            predicate.WriteEndObject();
        }

        predicate.WriteEndArray();
        predicate.WriteEndObject();
        predicate.WriteStartObject("runDetails");
        predicate.WriteStartObject("builder");
        predicate.WriteString("id", $"urn:offlinekit:tool:{tool.String("name")}");
        predicate.WriteStartObject("version");
        predicate.WriteString(tool.String("name"), tool.String("version"));
        predicate.WriteEndObject();
        predicate.WriteEndObject();
        predicate.WriteEndObject();
    });

    private static ImmutableArray<JsonValue> Materials(JsonValue json)
    {
        ImmutableArray<JsonValue> materials = json.Array("materials");
        materials.ToList().ForEach(material => material.RefuseOtherMembers("uri", "digest"));
        return materials.Length <= MostMaterials ? materials : throw new MalformedException($"request.materials: more than {MostMaterials}");
    }

    [GeneratedRegex(@"\A[a-z0-9-]{6,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExportId();
}
