using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Cosign;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about a container image in an OCI layout.</summary>
internal static class ImageAnswer
{
    /// <summary>The report on the image with the digest <paramref name="image"/> in the layout <paramref name="path"/>.</summary>
    public static Report Of(Result<ResolvedRequest> trust, string path, Digest image, DateTimeOffset time)
    {
        using Artifact artifact = Artifact.FromDigest(image);
        OciLayout? layout = null;
        Finding? refusal = trust.Finding ?? trust.Value!.Objection(time);
        Result<EnvelopeCollection> found = refusal is not null
            ? new Result<EnvelopeCollection>(Value: null, refusal)
            : Result.Parse(ImageReasons.MalformedLayout, () => ImageSignatures.Find(layout = Layout(path), image));
        Verdict verdict = found.Value is { } signatures
            ? Verifier.Verify(signatures, artifact, new VerificationRequest(artifact, ReadOnlyMemory<byte>.Empty, trust.Value!.Context(time), trust.Value.All(time)))
            : Verdict.Refused(ImageSignatures.FormatName, found.Finding!);
        return new Report(image.ToString(), artifact.Size, [image.ToString()], path, verdict, trust.Value?.RootsInForce ?? [])
        {
            Words = layout is null ? [] : [KeyValuePair.Create("image", layout.Holds(image) ? "in the layout" : "not in the layout, only what was signed about it")],
        };
    }

    private static OciLayout Layout(string path)
    {
        if (Directory.Exists(path))
        {
            return OciLayout.FromFolder(path);
        }

        using Stream stream = InputFile.Open(path, "image layout");
        return OciLayout.FromTar(stream);
    }
}
