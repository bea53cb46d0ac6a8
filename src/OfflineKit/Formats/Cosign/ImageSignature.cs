using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Formats.Sigstore;

namespace OfflineKit.Formats.Cosign;

/// <summary>A cosign signature of an image: over a payload that names the image's digest.</summary>
/// <remarks>(1) the signature over the exact payload bytes; (2) the payload's type, digest and, where demanded, name. Source: docs/spec/oci-image.md §3.</remarks>
internal sealed class ImageSignature(SigstoreBundle bundle, SimpleSigning payload, ReadOnlyMemory<byte> payloadBytes, bool hasChain) : Envelope
{
    private readonly SigstoreEnvelope _inner = new(bundle) { FormatName = ImageSignatures.FormatName };

    /// <inheritdoc/>
    public override string Format => ImageSignatures.FormatName;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims => [new("image", payload.ManifestDigest), new("reference", payload.Reference), .. _inner.Claims];

    /// <summary>The image that the payload names.</summary>
    public string ManifestDigest => payload.ManifestDigest;

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [Demand.ImageReference];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => ReadingPlan.Of(DigestAlgorithm.Sha256);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        // 1 The signature.
        using Artifact signed = Artifact.FromBytes(artifact.Name, payloadBytes);
        signed.Read(_inner.Plan(context));
        Proof proof = _inner.Verify(signed, context);
        if (!proof.Findings.IsEmpty)
        {
            return proof;
        }

        // 2 The payload. That the signature covers the payload's own digest is no evidence on the image.
        Verification verification = new();
        verification.Include(proof with { Evidence = [.. proof.Evidence.Where(evidence => evidence is not CoversArtifact)] });
        Digest image = artifact.Digest(DigestAlgorithm.Sha256)!;
        if (payload.Judge(image.ToString(), context.Expectations.ImageReference) is { } finding)
        {
            verification.Failed("image", finding);
            return verification.Close() with { Evidence = [] };
        }

        verification.Passed("image", $"the signed payload names {image}");
        verification.Proved(CoversArtifact.Prove(artifact, image));
        if (payload.Version.Length > 0)
        {
            verification.Proved(new StatesVersion("image", payload.Version, "optional"));
        }

        if (hasChain)
        {
            verification.Noted("note.ignored-certificates", "the chain beside the signature was ignored: issuers come from the trusted root alone");
        }

        return verification.Close();
    }
}
