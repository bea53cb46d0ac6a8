using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>What an OCI layout holds of one image, and whether a program that loads the layout would take that image.</summary>
/// <remarks>
/// A signature binds the digest of the image's manifest, and through it every part; a verdict speaks of what is there only when all of it is. Blobs were hashed when the
/// layout was read, so a part is there or it is not. Source: OCI image specification 1.1, image-layout.md; docs/spec/oci-image.md §4.
/// </remarks>
internal sealed class ImageContents
{
    private const string Check = "image-content";
    private const int Deepest = 3, Most = 1024, Told = 8;

    private readonly OciLayout _layout;
    private readonly Digest _image;
    private readonly Verification _found = new();
    private readonly List<string> _missing = [], _elsewhere = [];
    private readonly List<ImageParts> _images = [];
    private int _parts, _manifests;
    private long _bytes;

    private ImageContents(OciLayout layout, Digest image) => (_layout, _image) = (layout, image);

    /// <summary>The checks on what <paramref name="layout"/> holds of <paramref name="image"/>; no evidence.</summary>
    /// <exception cref="MalformedException">A manifest of the image or the index is not well-formed.</exception>
    public static Proof Of(OciLayout layout, Digest image)
    {
        ImageContents contents = new(layout, image);
        if (layout.Content(image) is { } manifest)
        {
            contents.Walk(image, OciLayout.Document(manifest, $"manifest {image.Hex}"), depth: 0);
            contents.Conclude(manifest.Length);
        }
        else
        {
            contents._found.NotEvaluated(Check, "the layout does not hold the image, only what was signed about it");
        }

        ImageEntrances.Compare(layout, image, contents._images, contents._found);
        return contents._found.Close();
    }

    private void Walk(Digest digest, JsonValue document, int depth)
    {
        if (depth > Deepest || ++_manifests > Most)
        {
            throw new MalformedException(Reasons.InputTooLarge, $"more than {Most} manifests, or an index within an index within an index");
        }

        foreach (OciDescriptor child in OciDescriptor.List(document, "manifests"))
        {
            // An image for several platforms is often copied for some of them.
            if (_layout.Read(child) is { } content)
            {
                _bytes += content.Length;
                Walk(child.Digest, OciLayout.Document(content, $"manifest {child.Digest.Hex}"), depth + 1);
            }
            else
            {
                _elsewhere.Add($"manifest {child.Digest}");
            }
        }

        ImmutableArray<OciDescriptor> config = document.OptionalNotNull("config") is { } json ? [OciDescriptor.FromJson(json)] : [];
        ImmutableArray<OciDescriptor> layers = OciDescriptor.List(document, "layers");
        _images.AddRange(config.Select(one => new ImageParts(digest, one.Digest, [.. layers.Select(layer => layer.Digest)])));
        foreach (OciDescriptor part in config.Concat(layers))
        {
            Take(part);
        }
    }

    private void Take(OciDescriptor part)
    {
        _layout.RequireSize(part);
        if (_layout.Holds(part.Digest))
        {
            (_parts, _bytes) = (_parts + 1, _bytes + part.Size);
        }
        else if (part.MediaType.Contains("nondistributable", StringComparison.Ordinal) || part.MediaType.Contains("foreign", StringComparison.Ordinal))
        {
            _elsewhere.Add($"layer {part.Digest}");
        }
        else
        {
            _missing.Add($"{part.Digest} ({part.MediaType})");
        }
    }

    private void Conclude(int size)
    {
        if (_missing.Count > 0)
        {
            _found.Failed(Check, ImageReasons.BlobMissing.Because($"{_missing.Count} parts of the image are not there: {Some(_missing)}"));
        }
        else if (_parts == 0)
        {
            _found.NotEvaluated(Check, $"the layout holds the image's index and none of its {_elsewhere.Count} manifests");
            return;
        }
        else
        {
            _found.Passed(Check, $"the manifest and all {_parts} parts that it lists are there, {_bytes + size} bytes");
        }

        if (_elsewhere.Count > 0)
        {
            _found.Noted("note.image-elsewhere", $"not in the layout: {Some(_elsewhere)}");
        }
    }

    private static string Some(List<string> all) => string.Join(", ", all.Take(Told)) + (all.Count > Told ? $" and {all.Count - Told} more" : "");
}
