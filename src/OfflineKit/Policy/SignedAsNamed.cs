using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>Whoever signed is named as the caller names the signer: by a public key, or by the identity in a certificate.</summary>
/// <param name="Signer">How the caller names the signer.</param>
internal sealed record SignedAsNamed(DemandedSigner Signer) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => Signer == DemandedSigner.Key ? "a public key signed" : "a certificate identity signed";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        bool byKey = evidence.Any(proved => proved is SignedByKey), byIdentity = evidence.Any(proved => proved is SignedByIdentity);
        return Signer switch
        {
            DemandedSigner.Key when byIdentity && !byKey => PolicyReasons.Signers.Because("a certificate identity signed, and a public key was named"),
            DemandedSigner.Identity when byKey && !byIdentity => PolicyReasons.Identity.Because("a public key signed, and a certificate identity was named"),
            _ => null,
        };
    }
}
