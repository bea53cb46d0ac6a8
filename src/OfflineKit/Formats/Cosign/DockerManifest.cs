using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>One image as a manifest of it lists its parts.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Layers">Its layers, in order.</param>
internal sealed record ImageParts(Digest Manifest, Digest Config, ImmutableArray<Digest> Layers);

/// <summary>What Docker's own files in a layout name: <c>docker load</c> and others go by them where they are, and not by index.json.</summary>
/// <remarks>
/// <c>docker save</c>, skopeo and BuildKit write <c>manifest.json</c> beside index.json; older programs read <c>repositories</c> and a folder for each layer.
/// Source: docs/spec/oci-image.md §4.
/// </remarks>
internal static class DockerManifest
{
    private const string FileName = OciLayout.DockerManifest, RepositoriesFile = OciLayout.DockerRepositories, BlobFolder = "blobs/sha256/";

    /// <summary>What Docker's files name beside the images <paramref name="known"/>; null: nothing.</summary>
    /// <exception cref="MalformedException">They are not well-formed.</exception>
    public static string? Other(OciLayout layout, IReadOnlyList<ImageParts> known) =>
        (layout.Entrance(FileName) is { } manifest && manifest.Kind == JsonKind.Array ? OtherThan(manifest, known) : null)
        ?? (layout.Entrance(RepositoriesFile) is { Kind: JsonKind.Object } repositories ? OtherTags(repositories, known) : null)
        ?? layout.OtherFiles.FirstOrDefault(MayBeLoaded);

    private static string? OtherThan(JsonValue manifest, IReadOnlyList<ImageParts> known)
    {
        foreach (JsonValue image in manifest.Elements)
        {
            // Docker's reader takes any other spelling of a member for the member.
            image.RefuseOtherMembers("Config", "RepoTags", "Layers", "Parent", "LayerSources");
            string config = image.String("Config");
            string[] layers = [.. image.OptionalNotNull("Layers")?.Elements.Select(layer => layer.Text) ?? []];
            if (!known.Any(parts => config == BlobFolder + parts.Config.Hex && layers.SequenceEqual(parts.Layers.Select(layer => BlobFolder + layer.Hex), StringComparer.Ordinal)))
            {
                return $"the image of {FileName} with the configuration {config} and {layers.Length} layers";
            }
        }

        return null;
    }

    // By name and tag the id of an image or of its last layer.
    private static string? OtherTags(JsonValue repositories, IReadOnlyList<ImageParts> known)
    {
        HashSet<string> ids = [.. known.SelectMany(parts => (Digest[])[parts.Manifest, parts.Config, .. parts.Layers is [.., var last] ? (Digest[])[last] : []]).Select(digest => digest.Hex)];
        return repositories.Members.SelectMany(name => name.Value.Members.Where(tag => !ids.Contains(tag.Value.Text)).Select(tag => $"{name.Key}:{tag.Key} = {tag.Value.Text} of {RepositoriesFile}")).FirstOrDefault();
    }

    // A folder of an image before manifest.json; or a file that goes for one of these where capitals do not count.
    private static bool MayBeLoaded(string file)
    {
        string[] parts = file.Split('/');
        return (parts.Length == 2 && parts[1] is "json" or "layer.tar") || OciLayout.Entrances.Any(name => string.Equals(name, file, StringComparison.OrdinalIgnoreCase));
    }
}
