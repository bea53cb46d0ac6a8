using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Cosign;
using OfflineKit.Policy;

namespace OfflineKit;

/// <summary>The way from an OCI layout and the digest of an image to a verdict.</summary>
internal static class ImageVerifier
{
    /// <summary>The verdict on the image <paramref name="digest"/>: its signatures in <paramref name="layout"/>, and what the layout holds of it.</summary>
    public static Verdict Verify(OciLayout layout, Digest digest, VerificationContext context, SignaturePolicy policy)
    {
        Result<Proof> contents = Result.Parse(ImageReasons.MalformedLayout, () => ImageContents.Of(layout, digest));
        Result<EnvelopeCollection> found = Result.Parse(ImageReasons.MalformedLayout, () => ImageSignatures.Find(layout, digest));
        if ((contents.Finding ?? found.Finding) is { } finding)
        {
            return Verdict.Refused(ImageSignatures.FormatName, finding);
        }

        using Artifact artifact = Artifact.FromDigest(digest);
        return Verifier.Verify(found.Value!, artifact, new VerificationRequest(artifact, ReadOnlyMemory<byte>.Empty, context, policy)).After(contents.Value!);
    }
}
