using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>The payload of a cosign image signature: which image, under which name.</summary>
/// <param name="Reference">The name that the image had; a hint unless it is demanded.</param>
/// <param name="ManifestDigest">The image's digest, <c>sha256:HEX</c>.</param>
/// <param name="Type">What the payload says it is.</param>
/// <remarks>Shape: <c>{critical{identity{docker-reference}, image{docker-manifest-digest}, type}, optional}</c>. Source: docs/spec/oci-image.md §3.</remarks>
internal sealed record SimpleSigning(string Reference, string ManifestDigest, string Type)
{
    /// <summary>The member <c>version</c> of <c>optional</c>, by <c>cosign sign -a version=…</c>; empty where it says none.</summary>
    public string Version { get; private init; } = "";

    /// <summary>The layer's media type.</summary>
    public const string MediaType = "application/vnd.dev.cosign.simplesigning.v1+json";

    /// <summary>The only type that is a statement on an image.</summary>
    public const string ImageType = "cosign container image signature";

    /// <summary>The payload in <paramref name="content"/>; member names are exact, capitals included.</summary>
    public static SimpleSigning Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue json = StrictJson.ParseObject(content, "payload");
        json.RefuseOtherMembers("critical", "optional");
        JsonValue critical = json.Object("critical"), identity = critical.Object("identity"), image = critical.Object("image");
        critical.RefuseOtherMembers("identity", "image", "type");
        identity.RefuseOtherMembers("docker-reference");
        image.RefuseOtherMembers("docker-manifest-digest");
        return new SimpleSigning(identity.OptionalNotNull("docker-reference")?.Text ?? "", image.String("docker-manifest-digest"), critical.String("type"))
        {
            Version = json.OptionalNotNull("optional") is { Kind: JsonKind.Object } optional && optional.OptionalNotNull("version") is { Kind: JsonKind.String } version ? version.Text : "",
        };
    }

    /// <summary>Why this payload does not speak of the image <paramref name="digest"/>, or null.</summary>
    public Finding? Judge(string digest, string? reference)
    {
        if (Type != ImageType)
        {
            return ImageReasons.PayloadType.Because($"type \"{Type}\", wanted \"{ImageType}\"");
        }

        if (!string.Equals(ManifestDigest, digest, StringComparison.Ordinal))
        {
            return ImageReasons.OtherDigest.Because($"signed is {ManifestDigest}, wanted {digest}");
        }

        return reference is null || string.Equals(Reference, reference, StringComparison.Ordinal)
            ? null
            : ImageReasons.ReferenceMismatch.Because($"signed as \"{Reference}\", wanted \"{reference}\"");
    }
}
