using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>What was signed has exactly this payload type.</summary>
/// <param name="PayloadType">The type, compared ordinally.</param>
internal sealed record StatesPayload(string PayloadType) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => $"the signed payload has the type {PayloadType}";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        foreach (States states in evidence.OfType<States>())
        {
            if (string.Equals(states.PayloadType, PayloadType, StringComparison.Ordinal))
            {
                return null;
            }
        }

        return PolicyReasons.PredicateType.Because($"nothing that is signed has the payload type \"{PayloadType}\"");
    }
}
