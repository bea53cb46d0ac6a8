using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>Finds what an OCI layout holds on one image: signatures and attestations under cosign's tags, and Sigstore bundles that refer to it.</summary>
/// <remarks>
/// Where something lies (tag, annotation, <c>subject</c>) is a claim; only the signed payload or statement binds it to the image.
/// Source: docs/spec/oci-image.md §2.
/// </remarks>
internal sealed class ImageSignatures
{
    /// <summary>The format's name in reports, and for keys that are limited to formats.</summary>
    public const string FormatName = "oci-image";

    private const string TagAnnotation = "org.opencontainers.image.ref.name", KindAnnotation = "kind";
    private const string IndexType = "application/vnd.oci.image.index.v1+json";
    private const string KindSignatures = "dev.cosignproject.cosign/sigs", KindAttestations = "dev.cosignproject.cosign/atts";
    private const int MostManifests = 1024, DigestTag = 71;

    private readonly OciLayout _layout;
    private readonly Digest _image;
    private readonly string _tag;
    private readonly List<CollectionMember> _members = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private ImageSignatures(OciLayout layout, Digest image) => (_layout, _image, _tag) = (layout, image, $"sha256-{image.Hex}");

    /// <summary>Everything on the image <paramref name="digest"/> in <paramref name="layout"/>; blobs of the image that are there are checked as well.</summary>
    /// <exception cref="MalformedException">Reasons <c>oci.*</c>, <c>limit.input-too-large</c>.</exception>
    public static EnvelopeCollection Find(OciLayout layout, Digest digest)
    {
        ImageSignatures found = new(layout, digest);
        found.Walk(OciDescriptor.List(layout.ReadIndex(), "manifests"), depth: 0);
        return found._members.Count > 0
            ? new EnvelopeCollection(FormatName, [.. found._members])
            : throw new MalformedException(ImageReasons.NoSignature, $"nothing is tagged {found._tag}.sig or {found._tag}.att, and no bundle refers to {digest}");
    }

    /// <summary>The tag <paramref name="tag"/> is one that cosign gives to what it says of an image: of any image.</summary>
    internal static bool IsSignatureTag(string tag)
    {
        string name = tag[(tag.LastIndexOf(':') + 1)..];
        return name.StartsWith("sha256-", StringComparison.Ordinal) && name.Length > DigestTag
            && name[DigestTag..] is (".sig" or ".att" or ".sbom");
    }

    /// <summary>The descriptor says that it is of signatures or attestations, as <c>cosign save</c> writes.</summary>
    internal static bool IsSignatureKind(OciDescriptor descriptor) => descriptor.Annotation(KindAnnotation) is KindSignatures or KindAttestations;

    private void Walk(ImmutableArray<OciDescriptor> descriptors, int depth)
    {
        foreach (OciDescriptor descriptor in descriptors)
        {
            if (!_seen.Add(descriptor.Digest.Hex) || _layout.Read(descriptor) is not { } content)
            {
                continue;
            }

            if (_seen.Count > MostManifests || depth > 3)
            {
                throw new MalformedException(Reasons.InputTooLarge, $"more than {MostManifests} manifests, or an index within an index within an index");
            }

            JsonValue document = OciLayout.Document(content, $"manifest {descriptor.Digest.Hex}");
            if (descriptor.MediaType == IndexType || document.Optional("manifests") is not null)
            {
                Walk(OciDescriptor.List(document, "manifests"), depth + 1);
            }
            else
            {
                Manifest(descriptor, document);
            }
        }
    }

    private void Manifest(OciDescriptor descriptor, JsonValue manifest)
    {
        ImmutableArray<OciDescriptor> layers = OciDescriptor.List(manifest, "layers");
        foreach (OciDescriptor blob in layers.Concat(manifest.OptionalNotNull("config") is { } config ? [OciDescriptor.FromJson(config)] : []))
        {
            _layout.RequireSize(blob);
        }

        if (IsTagged(descriptor, ".sig", KindSignatures))
        {
            Add("signature", layers, SignatureLayer.Signature);
        }
        else if (IsTagged(descriptor, ".att", KindAttestations))
        {
            Add("attestation", layers, SignatureLayer.Attestation);
        }
        else if (Refers(manifest))
        {
            Add("bundle", layers, SignatureLayer.Bundle);
        }
    }

    // Layouts of `cosign save` mark what a manifest is, and not of which image: what names another one is not ours to judge.
    private bool IsTagged(OciDescriptor descriptor, string suffix, string kind)
    {
        string tag = descriptor.Annotation(TagAnnotation) ?? "";
        return tag == _tag + suffix || tag.EndsWith($":{_tag}{suffix}", StringComparison.Ordinal) || descriptor.Annotation(KindAnnotation) == kind;
    }

    private bool Refers(JsonValue manifest) =>
        manifest.OptionalNotNull("subject") is { } subject && OciDescriptor.FromJson(subject).Digest.Equals(_image)
        && (manifest.OptionalNotNull("artifactType")?.Text ?? "").StartsWith("application/vnd.dev.sigstore.bundle", StringComparison.Ordinal);

    private void Add(string what, ImmutableArray<OciDescriptor> layers, Func<OciDescriptor, byte[], Envelope> parse)
    {
        foreach (OciDescriptor layer in layers)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{what} {_members.Count + 1}");
            // What cannot be read refuses itself, not what stands beside it.
            Result<Envelope> parsed = Result.Parse(Reasons.MalformedSignature, () => parse(
                layer, _layout.Read(layer) ?? throw new MalformedException(ImageReasons.BlobMismatch, $"the layout lacks the {what} {layer.Digest}")));
            bool isOfAnother = parsed.Value is ImageSignature signature && signature.ManifestDigest != _image.ToString() && OtherImages.Contains(signature.ManifestDigest);
            if (!isOfAnother)
            {
                _members.Add(new CollectionMember(name, parsed));
            }
        }
    }

    // The digests of the index, as far as images of other signatures are concerned.
    private HashSet<string> OtherImages { get => field ??= [.. OciDescriptor.List(_layout.ReadIndex(), "manifests").Select(descriptor => descriptor.Digest.ToString())]; }
}
