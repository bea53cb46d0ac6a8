using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Cosign;
using OfflineKit.Formats.Foreign;
using OfflineKit.Policy;

namespace OfflineKit;

/// <summary>The way from an OCI layout, or from what a client printed, and the digest of an image to a verdict.</summary>
internal static class ImageVerifier
{
    /// <summary>The formats in which <c>cosign download</c> and <c>gh attestation download</c> print what was signed about an image, without the image.</summary>
    private static readonly ImmutableArray<string> Printed = ["cosign-download", "dsse", "sigstore", "json-lines", "github"];

    /// <summary>The verdict on the image <paramref name="digest"/> by what a client printed of its signatures.</summary>
    public static Verdict Verify(ReadOnlyMemory<byte> printed, Digest digest, VerificationContext context, SignaturePolicy policy)
    {
        using Artifact artifact = Artifact.FromDigest(digest);
        return KnownFormats.Recognise(printed.Span, context.Expectations) is { } format && Printed.Contains(format.Name, StringComparer.Ordinal)
            ? Verifier.Verify(new VerificationRequest(artifact, printed, context, policy) { Format = format })
            : Verdict.Refused(ImageSignatures.FormatName, UnknownContent.Refusal(printed.Span));
    }

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
