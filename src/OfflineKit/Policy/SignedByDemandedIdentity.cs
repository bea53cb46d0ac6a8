using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>A certificate identity signed, and both it and the issuer who vouched for it are the demanded ones.</summary>
/// <param name="Identity">The subject alternative name.</param>
/// <param name="Issuer">The OIDC issuer.</param>
internal sealed record SignedByDemandedIdentity(TextMatch Identity, TextMatch Issuer) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => $"identity {Identity} signed, vouched for by issuer {Issuer}";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        ImmutableArray<SignedByIdentity> signers = [.. evidence.OfType<SignedByIdentity>()];
        if (signers.IsEmpty)
        {
            return Reasons.NothingProved.Because("no certificate identity is among the evidence");
        }

        ImmutableArray<SignedByIdentity> named = [.. signers.Where(signer => Identity.Matches(signer.Identity))];
        if (named.IsEmpty)
        {
            return PolicyReasons.Identity.Because($"\"{signers[0].Identity}\" signed, wanted {Identity}");
        }

        return named.Any(signer => Issuer.Matches(signer.Issuer))
            ? null
            : PolicyReasons.Issuer.Because($"issuer \"{named[0].Issuer}\" vouches, wanted {Issuer}");
    }
}
