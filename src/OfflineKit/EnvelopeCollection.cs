using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit;

/// <summary>A file that holds several envelopes: lines, attestations, signatures of an image.</summary>
/// <remarks>
/// The collection itself is signed by nobody: members can be missing, added or reordered. It satisfies a demand when one member alone does;
/// evidence of two members is never put together. Source: docs/spec/json-lines.md.
/// </remarks>
/// <param name="format">The collection's format.</param>
/// <param name="members">In file order.</param>
internal sealed class EnvelopeCollection(string format, ImmutableArray<CollectionMember> members) : CompositeEnvelope
{
    /// <inheritdoc/>
    public override string Format => format;

    /// <inheritdoc/>
    public override ImmutableArray<CollectionMember> Members { get; } = members;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
        [.. Members.SelectMany(member => member.Envelope.Value is { } envelope
            ? envelope.Claims.Select(claim => claim with { Name = $"{member.Name}: {claim.Name}" })
            : [new Claim(member.Name, $"unreadable: {member.Envelope.Finding!.Detail}")])];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) =>
        ReadingPlan.Together([ReadingPlan.Of(DigestAlgorithm.Sha256), .. Members.Select(member => member.Envelope.Value?.Plan(context) ?? ReadingPlan.Nothing)]);

    /// <summary>The verdict on the member that speaks for all: the first that is trusted; with <c>--all</c> the first that is not.</summary>
    internal override Verdict Conclude(ImmutableArray<MemberVerdict> members, Expectations expectations)
    {
        ImmutableArray<MemberVerdict> answering = [.. members.Where(member => member.AnswersDemand)];
        MemberVerdict? refused = expectations.DemandsEveryMember ? members.FirstOrDefault(member => !member.Verdict.IsTrusted) : null;
        MemberVerdict? speaker = refused ?? answering.FirstOrDefault(member => member.Verdict.IsTrusted) ?? answering.FirstOrDefault();
        Verdict verdict = speaker?.Verdict ?? Verdict.Refused(format, Reasons.NothingProved.Because($"none of {Members.Length} members can answer what is demanded"));
        return verdict.Among(members);
    }
}
