using System.Collections.Frozen;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>The members of OCI documents, of which programs written in Go read any spelling: there, <c>Manifests</c> behind <c>manifests</c> takes its place.</summary>
/// <remarks>Source: OCI image specification 1.1, image-index.md, manifest.md, descriptor.md; how Go's encoding/json matches names.</remarks>
internal static class OciSpelling
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "schemaVersion", "mediaType", "artifactType", "manifests", "config", "layers", "subject", "annotations", "digest", "size", "urls", "data", "platform", "architecture", "os", "os.version", "os.features", "variant",
        "imageLayoutVersion", "rootfs",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Folded = Known.Select(Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Refuses an object with a member that is another spelling of a known one.</summary>
    /// <exception cref="MalformedException">Reason <c>oci.malformed</c>.</exception>
    public static void Require(JsonValue json)
    {
        foreach (KeyValuePair<string, JsonValue> member in json.Members)
        {
            if (!Known.Contains(member.Key) && Folded.Contains(Fold(member.Key)))
            {
                throw new MalformedException(ImageReasons.MalformedLayout, $"{json.Path}: the member \"{member.Key}\", which some programs take for another spelling of one that they know");
            }
        }
    }

    // As Go folds: beside capitals, the long s and the sign for kelvin.
    private static string Fold(string name) => name.Replace('\u017F', 's').Replace('\u212A', 'k').ToUpperInvariant();
}
