using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>One of several certificate identities signed.</summary>
/// <param name="Identities">The identities.</param>
internal sealed record OneIdentityOf(ImmutableArray<DemandedIdentity> Identities) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.AllWhoCount;

    /// <inheritdoc/>
    public override string InWords => "signed by the identity " + string.Join(" or ", Identities.Select(wanted => $"{wanted.Identity} (issuer {wanted.Issuer})"));

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        SignedByIdentity[] seen = [.. evidence.OfType<SignedByIdentity>()];
        if (seen.Any(identity => Identities.Contains(new DemandedIdentity(identity.Identity, identity.Issuer))))
        {
            return null;
        }

        string who = seen.Length == 0 ? "no certificate identity" : string.Join(", ", seen.Select(identity => $"{identity.Identity} (issuer {identity.Issuer})"));
        return PolicyReasons.Identity.Because($"signed by {who}, wanted {string.Join(" or ", Identities.Select(wanted => $"{wanted.Identity} (issuer {wanted.Issuer})"))}");
    }
}
