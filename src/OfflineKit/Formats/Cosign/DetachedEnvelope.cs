using System.Collections.Immutable;
using OfflineKit.Formats.Sigstore;

namespace OfflineKit.Formats.Cosign;

/// <summary>A bare signature and its certificate, with nothing that proves a time.</summary>
/// <remarks>
/// A certificate lives for minutes, so without a verified time it can never be judged: the answer is always a refusal, with the reason that says what is missing.
/// Source: docs/spec/cosign.md §2.
/// </remarks>
internal sealed class DetachedEnvelope(SigstoreBundle bundle) : Envelope
{
    private readonly SigstoreEnvelope _inner = new(bundle) { FormatName = "cosign" };

    /// <inheritdoc/>
    public override string Format => _inner.Format;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims => _inner.Claims;

    /// <inheritdoc/>
    public override bool IsUnmistakable => false;

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [Demand.Certificate];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => _inner.Plan(context);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        // That no log entry is there follows from the same lack, and would only hide it.
        Proof proof = _inner.Verify(artifact, context);
        return proof.Findings.Any(finding => finding.Reason == SigstoreReasons.NoTime)
            ? proof with { Findings = [.. proof.Findings.Where(finding => finding.Reason != SigstoreReasons.NoLog)] }
            : proof;
    }
}
