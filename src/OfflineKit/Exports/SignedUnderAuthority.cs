using System.Collections.Immutable;
using OfflineKit.Policy;
using OfflineKit.X509;

namespace OfflineKit.Exports;

/// <summary>Among those who count is one for whom an authority of the caller vouched: a certificate that only lies there answers nothing.</summary>
/// <remarks>Source: docs/spec/kit.md §6.</remarks>
internal sealed record SignedUnderAuthority : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.AllWhoCount;

    /// <inheritdoc/>
    public override string InWords => "signed by a key with a certificate under a named authority";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence) => evidence.OfType<SignedByKey>().Any(signer => signer.IsUnderAuthority)
        ? null
        : CertificateReasons.UntrustedIssuer.Because("an authority was named, and nobody who signed and counts has a certificate under it");
}
