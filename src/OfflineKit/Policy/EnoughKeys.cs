using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>So many distinct keys signed, whatever the format.</summary>
/// <param name="Count">How many.</param>
internal sealed record EnoughKeys(int Count) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.AllWhoCount;

    /// <inheritdoc/>
    public override string InWords => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"signed by {Count} distinct trusted keys");

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach (SignedByKey signed in evidence.OfType<SignedByKey>())
        {
            keys.Add(signed.Holder);
        }

        Shortfall few = new(keys.Count, Count);
        return keys.Count >= Count ? null : PolicyReasons.Signers.Because($"{keys.Count} distinct trusted keys signed, wanted {Count}{few.Aside}") with { Shortfall = few };
    }
}
