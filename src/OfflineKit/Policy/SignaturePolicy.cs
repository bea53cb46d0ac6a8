using System.Collections.Immutable;

namespace OfflineKit.Policy;

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
