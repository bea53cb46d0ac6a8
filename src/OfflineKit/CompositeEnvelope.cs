using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>A file of several signed parts that nothing binds together: each is judged for itself, and a demand is a demand on each.</summary>
/// <remarks>What one part proves is never put to the account of another: neither its signers, nor what it states, nor its time.</remarks>
internal abstract class CompositeEnvelope : Envelope
{
    private protected CompositeEnvelope()
    {
    }

    /// <summary>The parts in file order.</summary>
    public abstract ImmutableArray<CollectionMember> Members { get; }

    /// <summary>Each of its parts is one that can be nothing else.</summary>
    public sealed override bool IsUnmistakable => Members.All(member => member.Envelope.Value?.IsUnmistakable == true);

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> UnsignedTexts => [.. Members.SelectMany(member => member.Envelope.Value?.UnsignedTexts ?? [])];

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> DocumentNames => [.. Members.SelectMany(member => member.Envelope.Value?.DocumentNames ?? []).Distinct(StringComparer.Ordinal)];

    /// <summary>That every part is trusted; all other demands are made on each part.</summary>
    public sealed override ImmutableArray<Demand> Answers => [Demand.EveryMember];

    /// <summary>Not for files of several parts: their proofs must not be put together, so <see cref="Verifier"/> judges each by itself.</summary>
    public sealed override Proof Verify(Artifact artifact, VerificationContext context) =>
        throw new InvalidOperationException("a file of several parts is judged part by part");

    /// <summary>The verdict on the file that follows from <paramref name="members"/>, one for each part.</summary>
    internal abstract Verdict Conclude(ImmutableArray<MemberVerdict> members, Expectations expectations);
}
