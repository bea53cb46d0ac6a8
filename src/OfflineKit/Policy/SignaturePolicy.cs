using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>What a demand is held against.</summary>
internal enum HeldAgainst
{
    /// <summary>What each signer vouches for: whoever does not meet it counts for nothing.</summary>
    EachSigner,

    /// <summary>All who count, together: so many of them, or one whom the caller names.</summary>
    AllWhoCount,
}

/// <summary>One demand on the evidence of a proof.</summary>
/// <remarks>A requirement can only refuse: it never adds evidence.</remarks>
internal abstract record Requirement
{
    /// <summary>What it is held against, besides the evidence as a whole.</summary>
    internal abstract HeldAgainst HeldAgainst { get; }

    /// <summary>What is missing, or null when the demand is met.</summary>
    public abstract Finding? Check(ImmutableArray<Evidence> evidence);

    /// <summary>The demand in words, for <c>policy check</c> and reports.</summary>
    public abstract string InWords { get; }
}

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

/// <summary>What is demanded of a proof before its artefact is trusted.</summary>
public sealed record SignaturePolicy
{
    internal SignaturePolicy(ImmutableArray<Requirement> requirements) => Requirements = requirements;

    /// <summary>All of them must be met.</summary>
    internal ImmutableArray<Requirement> Requirements { get; }

    /// <summary>Any signer that the trust store pins.</summary>
    public static SignaturePolicy AnyPinnedSigner { get; } = new([new AnyTrustedKeySigned()]);

    /// <summary>The signer whose certificate names <paramref name="identity"/>, where <paramref name="issuer"/> vouched for it; both are compared exactly.</summary>
    /// <param name="identity">The subject alternative name.</param>
    /// <param name="issuer">The OIDC issuer.</param>
    public static SignaturePolicy Identity(string identity, string issuer) => new([new SignedByDemandedIdentity(TextMatch.Exactly(identity), TextMatch.Exactly(issuer))]);

    /// <summary>This policy and <paramref name="further"/> demands; one that stands in it already is not made twice.</summary>
    internal SignaturePolicy And(IEnumerable<Requirement> further) => new([.. Requirements.Concat(further).Distinct()]);

    /// <summary>Everything that <paramref name="proof"/> lacks: of its evidence as a whole, and of those who vouch for it.</summary>
    /// <remarks>A proof that was refused already is not judged again: its own findings say more.</remarks>
    internal ImmutableArray<Finding> Check(Proof proof)
    {
        if (!proof.Findings.IsEmpty)
        {
            return [];
        }

        ImmutableArray<Finding> missing = [.. Requirements.Select(requirement => requirement.Check(proof.Evidence)).OfType<Finding>()];
        return missing.IsEmpty && WhoCounts.Objection(Requirements, proof.BySigner) is { } finding ? [finding] : missing;
    }
}
