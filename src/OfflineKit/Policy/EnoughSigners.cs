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
        ImmutableArray<SignedByKey> keys = [.. evidence.OfType<SignedByKey>()];
        int signed = Group.SignersAmong([.. keys.Select(key => key.KeyName)]);
        Shortfall few = new(signed, Group.Threshold);
        return signed >= Group.Threshold
            ? null
            : PolicyReasons.Signers.Because($"{signed} demanded signers signed, wanted {Group}{few.Aside}{Others(keys)}") with { Shortfall = few };
    }

    // Who else signed is told: often it is the same key under another name.
    private string Others(ImmutableArray<SignedByKey> keys)
    {
        string[] others = [.. keys.Where(key => !Group.AnyOf.Any(signer => signer.IsSpokenForBy(key.KeyName))).Select(key => $"\"{key.Signer}\"").Distinct(StringComparer.Ordinal)];
        return others is [] ? "" : $"; signed by {string.Join(", ", others)}, not among them";
    }
}
