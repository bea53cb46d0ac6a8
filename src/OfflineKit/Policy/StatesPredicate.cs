using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>A signed statement has exactly this predicate type.</summary>
/// <param name="PredicateType">The type, compared ordinally.</param>
internal sealed record StatesPredicate(string PredicateType) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => $"a signed statement has predicate type {PredicateType}";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        ImmutableArray<States> statements = [.. evidence.OfType<States>()];
        return statements.Any(states => string.Equals(states.PredicateType, PredicateType, StringComparison.Ordinal))
            ? null
            : PolicyReasons.PredicateType.Because(
                $"wanted \"{PredicateType}\"; stated: {(statements.IsEmpty ? "nothing" : string.Join(", ", statements.Select(states => $"\"{states.PredicateType}\"")))}");
    }
}
