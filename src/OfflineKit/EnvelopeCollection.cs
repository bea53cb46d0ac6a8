using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Policy;

namespace OfflineKit;

/// <summary>One envelope of a collection, or why it cannot be read.</summary>
/// <param name="Name">How the report calls it: its line, its place, its kind.</param>
/// <param name="Envelope">The parsed envelope.</param>
public sealed record CollectionMember(string Name, Result<Envelope> Envelope)
{
    /// <summary>It can never answer the demand for an identity: it is judged by the pinned keys alone, and never speaks for the collection.</summary>
    public bool IsBesideDemand { get; init; }
}

/// <summary>The verdict on one member of a collection.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Verdict">What was decided of it alone.</param>
/// <param name="AnswersDemand">It was judged by what the caller demands, so it can speak for the collection.</param>
public sealed record MemberVerdict(string Name, Verdict Verdict, bool AnswersDemand);

/// <summary>A file that holds several envelopes: lines, attestations, signatures of an image.</summary>
/// <remarks>
/// The collection itself is signed by nobody: members can be missing, added or reordered. It satisfies a demand when one member alone does;
/// evidence of two members is never put together. Source: docs/spec/json-lines.md.
/// </remarks>
/// <param name="format">The collection's format.</param>
/// <param name="members">In file order.</param>
public sealed class EnvelopeCollection(string format, ImmutableArray<CollectionMember> members) : Envelope
{
    /// <inheritdoc/>
    public override string Format => format;

    /// <summary>The members in file order.</summary>
    public ImmutableArray<CollectionMember> Members { get; } = members;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
        [.. Members.SelectMany(member => member.Envelope.Value is { } envelope
            ? envelope.Claims.Select(claim => claim with { Name = $"{member.Name}: {claim.Name}" })
            : [new Claim(member.Name, $"unreadable: {member.Envelope.Finding!.Detail}")])];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context)
    {
        ImmutableArray<ReadingPlan> plans = [.. Members.Select(member => member.Envelope.Value?.Plan(context) ?? ReadingPlan.Nothing)];
        ImmutableArray<DigestAlgorithm> digests = [.. plans.SelectMany(plan => plan.Digests).Append(DigestAlgorithm.Sha256).Distinct().Order()];
        return new ReadingPlan(digests, plans.Any(plan => plan.Content));
    }

    /// <summary>Not for collections: proofs of two members must not be put together, so <see cref="Decide"/> judges each by itself.</summary>
    public override Proof Verify(Artifact artifact, VerificationContext context) =>
        throw new InvalidOperationException("a collection is judged member by member");

    /// <summary>The verdict on each member, and the one that speaks for all: the first that is trusted; with <c>--all</c> the first that is not.</summary>
    internal Verdict Decide(Artifact artifact, VerificationContext context, SignaturePolicy policy)
    {
        ImmutableArray<MemberVerdict> verdicts = [.. Members.Select(member => Judge(member, artifact, context, policy))];
        ImmutableArray<MemberVerdict> answering = [.. verdicts.Where(member => member.AnswersDemand)];
        MemberVerdict? refused = context.Expectations.DemandsEveryMember ? verdicts.FirstOrDefault(member => !member.Verdict.IsTrusted) : null;
        MemberVerdict? speaker = refused ?? answering.FirstOrDefault(member => member.Verdict.IsTrusted) ?? answering.FirstOrDefault();
        Verdict verdict = speaker?.Verdict ?? Verdict.Refused(format, Reasons.NothingProved.Because($"none of {Members.Length} members can answer what is demanded"));
        return verdict.Among(verdicts);
    }

    private MemberVerdict Judge(CollectionMember member, Artifact artifact, VerificationContext context, SignaturePolicy policy)
    {
        Verdict verdict = member.Envelope.Value is { } envelope
            ? Verifier.Decide(envelope, artifact, context, member.IsBesideDemand ? SignaturePolicy.AnyPinnedSigner : policy)
            : Verdict.Refused(format, member.Envelope.Finding!);
        return new MemberVerdict(member.Name, verdict, AnswersDemand: !member.IsBesideDemand);
    }
}
