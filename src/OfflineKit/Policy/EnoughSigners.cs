using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>Enough signers of a group signed, each by a key of its own.</summary>
/// <param name="Group">The group.</param>
internal sealed record EnoughSigners(SignerGroup Group) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.AllWhoCount;

    /// <inheritdoc/>
    public override string InWords => $"signed by {Group}";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        int signed = Group.SignersAmong([.. evidence.OfType<SignedByKey>().Select(signed => signed.KeyName)]);
        Shortfall few = new(signed, Group.Threshold);
        return signed >= Group.Threshold
            ? null
            : PolicyReasons.Signers.Because($"{signed} demanded signers signed, wanted {Group}{few.Aside}") with { Shortfall = few };
    }
}
