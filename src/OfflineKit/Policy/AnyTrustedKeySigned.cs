using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>A pinned key signed. What a policy demands unless it names an identity.</summary>
/// <remarks>
/// A certificate identity alone does not count: a public authority issues certificates to everybody, so an identity is worth
/// something only where somebody demanded exactly that one (<see cref="SignedByDemandedIdentity"/>).
/// </remarks>
internal sealed record AnyTrustedKeySigned : Requirement
{
    /// <summary>Identities that count as much as a pinned key.</summary>
    public ImmutableArray<DemandedIdentity> Identities { get; init; } = [];

    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.AllWhoCount;

    /// <inheritdoc/>
    public override string InWords => "a trusted key signed";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence) =>
        evidence.Any(e => e is SignedByKey || (e is SignedByIdentity identity && Identities.Contains(new DemandedIdentity(identity.Identity, identity.Issuer))))
            ? null
            : evidence.OfType<SignedByIdentity>().FirstOrDefault() is { } somebody
                ? PolicyReasons.NoIdentityDemanded.Because($"\"{somebody.Identity}\" (issuer \"{somebody.Issuer}\") signed")
                : Reasons.NothingProved.Because("no trusted key is among the evidence");
}
