using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>What an OCI document is: programs go by the descriptor that leads to it, and others by what it says itself, so both must say the same.</summary>
/// <remarks>Source: OCI image specification 1.1, descriptor.md, manifest.md and image-index.md (<c>mediaType</c>, and the advice on documents that are two things at once); docs/spec/oci-image.md §4.</remarks>
internal static class OciKind
{
    private static readonly string[] Images = ["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json"];
    private static readonly string[] Indexes = ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"];

    /// <summary>Requires that <paramref name="descriptor"/> calls <paramref name="document"/> what it is.</summary>
    /// <exception cref="MalformedException">Reason <c>oci.malformed</c>: it is called something else, or may be read as an image and as an index.</exception>
    public static void RequireSaid(OciDescriptor descriptor, JsonValue document)
    {
        bool isIndex = document.Optional("manifests") is not null;
        if (isIndex && (document.Optional("config") is not null || document.Optional("layers") is not null))
        {
            throw new MalformedException(ImageReasons.MalformedLayout, $"{descriptor.Digest} has the members of an image and of an index");
        }

        string? own = document.OptionalNotNull("mediaType")?.Text;
        if (own is null ? !(isIndex ? Indexes : Images).Contains(descriptor.MediaType, StringComparer.Ordinal) : descriptor.MediaType != own)
        {
            throw new MalformedException(ImageReasons.MalformedLayout, $"{descriptor.Digest} is called \"{descriptor.MediaType}\" by what leads to it, and is {(own is null ? isIndex ? "an index" : "an image" : $"\"{own}\"")}");
        }
    }
}
