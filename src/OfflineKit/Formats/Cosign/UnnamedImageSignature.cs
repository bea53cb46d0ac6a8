using System.Collections.Immutable;

namespace OfflineKit.Formats.Cosign;

/// <summary>An attestation or bundle of an image: it binds the image's digest, and no name that the image was signed under.</summary>
/// <param name="inner">What was found in the layout.</param>
/// <remarks>Where a name is demanded it can answer nothing. Source: docs/spec/oci-image.md §3.</remarks>
internal sealed class UnnamedImageSignature(Envelope inner) : Envelope
{
    /// <inheritdoc/>
    public override string Format => inner.Format;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims => inner.Claims;

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [Demand.ImageReference];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => inner.Plan(context);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context) => context.Expectations.ImageReference is { } wanted
        ? Proof.Refused(ImageReasons.ReferenceMismatch.Because($"signed under no name, wanted \"{wanted}\""))
        : inner.Verify(artifact, context);
}
