using System.Collections.Immutable;

namespace OfflineKit.Formats.Cosign;

/// <summary>Reasons that signatures of container images give.</summary>
internal static class ImageReasons
{
    public static readonly Reason MalformedLayout = new(
        "oci.malformed",
        "the folder or archive is no well-formed OCI image layout",
        "make it again, for example with `cosign save`");

    public static readonly Reason BlobMismatch = new(
        "oci.blob-mismatch",
        "a blob of the layout has another digest or size than its name or descriptor says",
        "do not use the layout; transfer it again");

    public static readonly Reason BlobMissing = new(
        "oci.blob-missing",
        "the layout holds the image's manifest and not all of its parts",
        "transfer the whole image again; what is missing could not be run");

    public static readonly Reason OtherImage = new(
        "oci.other-image",
        "a program that loads the layout could take another image than the one that was asked for",
        "check the digest, and transfer the layout again from whoever made it");

    public static readonly Reason NoSignature = new(
        "oci.no-signature",
        "the layout holds no signature or attestation for this digest",
        "check the digest, and copy the image together with its signatures");

    public static readonly Reason PayloadType = new(
        "image.payload-type",
        "the signed payload is no statement on a container image",
        "ask for a signature that `cosign sign` made");

    public static readonly Reason OtherDigest = new(
        "image.other-digest",
        "the signature is for another image",
        "fetch the signature that belongs to exactly this digest");

    public static readonly Reason ReferenceMismatch = new(
        "image.reference-mismatch",
        "the image was signed under another name than the demanded one",
        "check which name the image was signed under, or leave {imageReference} away: the digest alone says which image it is");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [MalformedLayout, BlobMismatch, BlobMissing, OtherImage, NoSignature, PayloadType, OtherDigest, ReferenceMismatch];
}
