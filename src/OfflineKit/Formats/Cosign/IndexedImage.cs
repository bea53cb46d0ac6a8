using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>An image to which index.json leads: what a program that loads the layout may take.</summary>
/// <param name="Top">What index.json says, of the image or of an index that holds it.</param>
/// <param name="Digest">The image's manifest, or its index where that is what was asked for.</param>
/// <param name="Platform">For which platform, of an image within an index; empty when nobody says.</param>
/// <param name="IsAsked">It is the image that was asked for.</param>
/// <remarks>Source: OCI image specification 1.1, image-layout.md and annotations.md; docs/spec/oci-image.md §4.</remarks>
internal sealed record IndexedImage(OciDescriptor Top, Digest Digest, string Platform, bool IsAsked)
{
    private const string ReferenceName = "org.opencontainers.image.ref.name", ContainerdName = "io.containerd.image.name", UnknownPlatform = "unknown/unknown";
    private const int Most = 1024, Deepest = 3;

    /// <summary>Index.json gives it a name, by which programs ask for it.</summary>
    public bool IsNamed => Top.Annotation(ReferenceName) is not null || Top.Annotation(ContainerdName) is not null;

    /// <summary>Every image to which the index of <paramref name="layout"/> leads.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="asked">The image that was asked for; what is inside it is part of it.</param>
    /// <exception cref="MalformedException">The index or a manifest is not well-formed, or there are too many.</exception>
    public static ImmutableArray<IndexedImage> Of(OciLayout layout, Digest asked)
    {
        var images = ImmutableArray.CreateBuilder<IndexedImage>();
        foreach (OciDescriptor top in OciDescriptor.List(layout.ReadIndex(), "manifests"))
        {
            _ = Walk(top, top, platform: "", depth: 0);
        }

        return images.DrainToImmutable();

        // True: it is the image that was asked for, or leads to it.
        bool Walk(OciDescriptor top, OciDescriptor descriptor, string platform, int depth)
        {
            bool isAsked = descriptor.Digest.Equals(asked);
            if (images.Count >= Most || depth > Deepest)
            {
                throw new MalformedException(Reasons.InputTooLarge, $"index.json leads to more than {Most} images, or to an index within an index within an index");
            }

            JsonValue? document = layout.Document(descriptor);
            ImmutableArray<OciDescriptor> children = isAsked || document is null ? [] : OciDescriptor.List(document, "manifests");
            bool leadsToAsked = isAsked;
            foreach (OciDescriptor child in children.Where(child => layout.Holds(child.Digest) && child.Platform != UnknownPlatform))
            {
                leadsToAsked |= Walk(top, child, child.Platform, depth + 1);
            }

            if (leadsToAsked && document is not null)
            {
                OciKind.RequireSaid(descriptor, document);
            }

            if (isAsked || (children.IsEmpty && IsImage(layout, descriptor)))
            {
                images.Add(new IndexedImage(top, descriptor.Digest, platform, isAsked));
            }

            return leadsToAsked;
        }
    }

    /// <summary>The manifest that <paramref name="descriptor"/> names is of an image: signatures, attestations and whatever else refers to an image and cannot be run are none.</summary>
    internal static bool IsImage(OciLayout layout, OciDescriptor descriptor)
    {
        if (ImageSignatures.IsSignatureTag(descriptor.Annotation(ReferenceName) ?? "") || layout.Document(descriptor) is not { } document)
        {
            return !ImageSignatures.IsSignatureTag(descriptor.Annotation(ReferenceName) ?? "");
        }

        // That it is of a signature is a claim: what has something to unpack can be run under its name all the same.
        bool refers = ImageSignatures.IsSignatureKind(descriptor) || document.OptionalNotNull("subject") is not null;
        return !refers || document.OptionalNotNull("manifests") is not null || (HasImageConfig(layout, document) && OciDescriptor.List(document, "layers").Any(layer => !layout.IsJson(layer.Digest)));
    }

    /// <summary>A program that asks for one of the two by name may get the other.</summary>
    public bool IsMistakenFor(IndexedImage other)
    {
        string? name = Top.Annotation(ReferenceName), otherName = other.Top.Annotation(ReferenceName), full = Top.Annotation(ContainerdName), otherFull = other.Top.Annotation(ContainerdName);
        bool isOneTop = Top.Digest.Equals(other.Top.Digest);
        bool isOneName = (full is not null && full == otherFull) || (name is not null && name == otherName && (full is null || otherFull is null));
        return (isOneName && !isOneTop) || (isOneTop && (Platform == other.Platform || Platform.Length == 0 || other.Platform.Length == 0));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" = ", new[] { Top.Annotation(ContainerdName) ?? Top.Annotation(ReferenceName), Platform, Digest.ToString() }.Where(part => !string.IsNullOrEmpty(part)));

    private static bool HasImageConfig(OciLayout layout, JsonValue manifest)
    {
        if (manifest.OptionalNotNull("config") is not { } json)
        {
            return false;
        }

        OciDescriptor config = OciDescriptor.FromJson(json);
        return config.MediaType.Contains("image", StringComparison.Ordinal)
            || Result.Parse(ImageReasons.MalformedLayout, () => layout.Document(config)?.OptionalNotNull("rootfs") ?? throw new MalformedException("no rootfs")).Value is not null;
    }
}
