using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Policy;

namespace OfflineKit;

/// <summary>One envelope of a collection, or why it cannot be read.</summary>
/// <param name="Name">How the report calls it: its line, its place, its kind.</param>
/// <param name="Envelope">The parsed envelope.</param>
internal sealed record CollectionMember(string Name, Result<Envelope> Envelope)
{
    /// <summary>It can never answer the demand for an identity: it is judged by the pinned keys alone, and never speaks for the collection.</summary>
    public bool IsBesideDemand { get; init; }
}

/// <summary>The verdict on one member of a collection.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Verdict">What was decided of it alone.</param>
/// <param name="AnswersDemand">It was judged by what the caller demands, so it can speak for the collection.</param>
public sealed record MemberVerdict(string Name, Verdict Verdict, bool AnswersDemand);

/// <summary>A file of several signed parts that nothing binds together: each is judged for itself, and a demand is a demand on each.</summary>
/// <remarks>What one part proves is never put to the account of another: neither its signers, nor what it states, nor its time.</remarks>
internal abstract class CompositeEnvelope : Envelope
{
    private protected CompositeEnvelope()
    {
    }

    /// <summary>The parts in file order.</summary>
    public abstract ImmutableArray<CollectionMember> Members { get; }

    /// <summary>That every part is trusted; all other demands are made on each part.</summary>
    public sealed override ImmutableArray<Demand> Answers => [Demand.EveryMember];

    /// <summary>Not for files of several parts: their proofs must not be put together, so <see cref="Decide"/> judges each by itself.</summary>
    public sealed override Proof Verify(Artifact artifact, VerificationContext context) =>
        throw new InvalidOperationException("a file of several parts is judged part by part");

    /// <summary>The verdict on the file, from the verdicts on its parts under the whole of <paramref name="policy"/>.</summary>
    internal Verdict Decide(Artifact artifact, VerificationContext context, SignaturePolicy policy) =>
        Conclude([.. Members.Select(member => Judge(member, artifact, context, policy))], context.Expectations);

    /// <summary>The verdict on the file that follows from <paramref name="members"/>, one for each part.</summary>
    private protected abstract Verdict Conclude(ImmutableArray<MemberVerdict> members, Expectations expectations);

    private MemberVerdict Judge(CollectionMember member, Artifact artifact, VerificationContext context, SignaturePolicy policy)
    {
        // "Every member" is answered by asking each; what is beside the demand for an identity is asked without it.
        Expectations expected = context.Expectations with { DemandsEveryMember = false };
        context = context with { Expectations = member.IsBesideDemand ? expected with { DemandedSigner = DemandedSigner.Unnamed } : expected };
        Verdict verdict = member.Envelope.Value is { } envelope
            ? Verifier.Decide(envelope, artifact, context, member.IsBesideDemand ? SignaturePolicy.AnyPinnedSigner : policy)
            : Verdict.Refused(Format, member.Envelope.Finding!);
        return new MemberVerdict(member.Name, verdict, AnswersDemand: !member.IsBesideDemand);
    }
}
