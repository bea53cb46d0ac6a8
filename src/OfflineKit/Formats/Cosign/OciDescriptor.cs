using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>What an OCI document says of a blob that it refers to.</summary>
/// <param name="MediaType">What the blob is said to be.</param>
/// <param name="Digest">SHA-256; other functions are not supported.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Annotations">Free text by name; claims.</param>
/// <remarks>Source: OCI image specification 1.1, descriptor.md; docs/spec/oci-image.md §1.</remarks>
internal sealed record OciDescriptor(string MediaType, Digest Digest, long Size, ImmutableArray<KeyValuePair<string, string>> Annotations)
{
    /// <summary>Operating system, architecture and their variants; empty when nobody says.</summary>
    public string Platform { get; private init; } = "";

    private const string Prefix = "sha256:";
    private const int Most = 1024;

    /// <summary>The descriptor in <paramref name="json"/>; members that say nothing of the blob are ignored.</summary>
    public static OciDescriptor FromJson(JsonValue json)
    {
        OciSpelling.Require(json);
        string digest = json.String("digest");
        long size = json["size"].Integer;
        if (!digest.StartsWith(Prefix, StringComparison.Ordinal) || size < 0)
        {
            throw new MalformedException(ImageReasons.MalformedLayout, $"{json.Path}: digest \"{digest}\", size {size}; wanted sha256 and a size from 0 on");
        }

        return new OciDescriptor(
            json.String("mediaType"),
            Digest.FromHex(DigestAlgorithm.Sha256, digest[Prefix.Length..], $"{json.Path}.digest"),
            size,
            json.OptionalNotNull("annotations") is { } annotations ? [.. annotations.Members.Select(member => KeyValuePair.Create(member.Key, member.Value.Text))] : [])
        {
            Platform = json.OptionalNotNull("platform") is { } platform ? PlatformOf(platform) : "",
        };
    }

    /// <summary>The descriptors in the array <paramref name="name"/>, none when it is absent.</summary>
    public static ImmutableArray<OciDescriptor> List(JsonValue json, string name)
    {
        ImmutableArray<JsonValue> elements = json.OptionalNotNull(name)?.Elements ?? [];
        return elements.Length <= Most
            ? [.. elements.Select(FromJson)]
            : throw new MalformedException(Reasons.InputTooLarge, $"{json.Path}.{name}: {elements.Length} elements, limit {Most}");
    }

    // Versions tell images for Windows apart, and no others.
    private static string PlatformOf(JsonValue json)
    {
        OciSpelling.Require(json);
        string system = json.OptionalNotNull("os")?.Text ?? "", version = system == "windows" ? json.OptionalNotNull("os.version")?.Text ?? "" : "";
        return string.Join('/', new[] { system, json.OptionalNotNull("architecture")?.Text ?? "", json.OptionalNotNull("variant")?.Text ?? "", version }.Where(part => part.Length > 0));
    }

    /// <summary>The annotation <paramref name="name"/>, or null.</summary>
    public string? Annotation(string name)
    {
        foreach (KeyValuePair<string, string> annotation in Annotations)
        {
            if (string.Equals(annotation.Key, name, StringComparison.Ordinal))
            {
                return annotation.Value;
            }
        }

        return null;
    }
}
