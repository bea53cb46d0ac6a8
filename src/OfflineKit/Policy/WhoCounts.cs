using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>Holds demands against those who carry the verdict: what one signer states, and when and how it signed, is never put to the account of another.</summary>
/// <remarks>
/// A signer counts who meets every demand that is made on each of them. Those who count must be enough, and the named ones. A statement has one type, so where several types are demanded,
/// this holds for each of them. Source: docs/spec/demands.md.
/// </remarks>
internal static class WhoCounts
{
    /// <summary>Why <paramref name="demands"/>, which the evidence as a whole meets, are not met by those who count, or null.</summary>
    public static Finding? Objection(ImmutableArray<Requirement> demands, ImmutableArray<SignerEvidence> signers)
    {
        ImmutableArray<Requirement> types = [.. demands.Where(demand => demand is StatesPredicate)];
        ImmutableArray<Requirement> onEach = [.. demands.Where(demand => demand is not StatesPredicate && demand.HeldAgainst == HeldAgainst.EachSigner)];
        ImmutableArray<Requirement> onAll = [.. demands.Where(demand => demand.HeldAgainst == HeldAgainst.AllWhoCount)];
        ImmutableArray<ImmutableArray<Requirement>> rounds = types.IsEmpty ? [onEach] : [.. types.Select(type => onEach.Add(type))];
        return demands.IsEmpty ? null : rounds.Select(round => Objection(round, onAll, signers)).FirstOrDefault(finding => finding is not null);
    }

    private static Finding? Objection(ImmutableArray<Requirement> onEach, ImmutableArray<Requirement> onAll, ImmutableArray<SignerEvidence> signers)
    {
        (SignerEvidence Signer, Finding? Missing)[] judged =
            [.. signers.Select(signer => (signer, onEach.Select(demand => demand.Check(signer.Evidence)).FirstOrDefault(finding => finding is not null)))];
        ImmutableArray<SignerEvidence> counting = [.. judged.Where(one => one.Missing is null).Select(one => one.Signer)];

        // A signer of whom one signature counts and another does not is no news.
        (SignerEvidence? other, Finding? missing) = judged.Where(one => one.Missing is not null && !counting.Any(counts => counts.Evidence[0].Equals(one.Signer.Evidence[0]))).FirstOrDefault();
        Finding? why = missing is null ? null : missing with { Detail = $"{other!.InWords} does not count: {missing.Detail}" };
        if (counting.IsEmpty)
        {
            return why ?? Reasons.NothingProved.Because("nobody vouches for what is demanded");
        }

        ImmutableArray<Evidence> together = [.. counting.SelectMany(signer => signer.Evidence).Distinct()];
        Finding? tooFew = onAll.Select(demand => demand.Check(together)).FirstOrDefault(finding => finding is not null);
        return tooFew is null ? null : tooFew with { Detail = why is null ? tooFew.Detail : $"{tooFew.Detail}; {why.Detail}" };
    }
}
