using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>A manifest that the index of an OCI layout names, and what lies in the layout because of it.</summary>
/// <param name="Digest">The manifest.</param>
/// <param name="IsImage">It is of an image; otherwise of something that is said about one.</param>
/// <param name="Files">The files of the layout to which it leads, relative to it. Nobody vouches for them by that.</param>
internal sealed record NamedManifest(Digest Digest, bool IsImage, ImmutableArray<string> Files)
{
    private const int Most = 1024, Deepest = 3;

    /// <summary>Every manifest that the index of <paramref name="layout"/> names, each once.</summary>
    /// <exception cref="MalformedException">The index or a manifest is not well-formed, or there are too many.</exception>
    public static ImmutableArray<NamedManifest> Of(OciLayout layout)
    {
        ImmutableArray<OciDescriptor> named = OciDescriptor.List(layout.ReadIndex(), "manifests");
        return named.Length > Most ? throw new MalformedException(Reasons.InputTooLarge, $"the index names {named.Length} manifests, limit {Most}") :
        [
            .. named.DistinctBy(descriptor => descriptor.Digest.Hex, StringComparer.Ordinal).Select(descriptor =>
            {
                layout.RequireSize(descriptor);
                return new NamedManifest(descriptor.Digest, IndexedImage.IsImage(layout, descriptor), FilesOf(layout, descriptor.Digest));
            }),
        ];
    }

    /// <summary>The files of <paramref name="layout"/> to which the manifest <paramref name="digest"/> leads; none where it is not there.</summary>
    /// <exception cref="MalformedException">A manifest is not well-formed.</exception>
    public static ImmutableArray<string> FilesOf(OciLayout layout, Digest digest)
    {
        HashSet<string> files = new(StringComparer.Ordinal);
        Walk(layout, digest, files, depth: 0);
        return [.. files.Order(StringComparer.Ordinal)];
    }

    private static void Walk(OciLayout layout, Digest digest, HashSet<string> files, int depth)
    {
        if (!layout.Holds(digest) || !files.Add($"blobs/sha256/{digest.Hex}") || depth > Deepest || layout.Content(digest) is not { } content)
        {
            return;
        }

        JsonValue manifest = OciLayout.Document(content, $"manifest {digest.Hex}");
        foreach (OciDescriptor child in OciDescriptor.List(manifest, "manifests"))
        {
            layout.RequireSize(child);
            Walk(layout, child.Digest, files, depth + 1);
        }

        IEnumerable<OciDescriptor> config = manifest.OptionalNotNull("config") is { } json ? [OciDescriptor.FromJson(json)] : [];
        files.UnionWith(config.Concat(OciDescriptor.List(manifest, "layers")).Where(part => layout.Holds(part.Digest)).Select(part => $"blobs/sha256/{part.Digest.Hex}"));
    }
}
