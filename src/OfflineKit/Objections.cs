using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit;

/// <summary>What those say against a signature who were trusted before this run was narrowed to others.</summary>
/// <remarks>
/// They sign nothing, and nothing is trusted that they would have refused: a false signature in their name, one by a key that is revoked, a limit that their own entry sets. So a narrowing
/// can refuse and never permit, whoever narrows: a line of a batch, whoever asks, or the policy of the machine. Source: docs/spec/requests.md, "A narrowing only refuses".
/// </remarks>
internal static class Objections
{
    /// <summary>What is proved under the trust of <paramref name="context"/>, where all that was given has no objection.</summary>
    public static Proof Proved(Envelope envelope, Artifact artifact, VerificationContext context)
    {
        Proof proof = envelope.Verify(artifact, context);
        if (context.Trust.Whole is not { } whole)
        {
            return proof;
        }

        Proof before = envelope.Verify(artifact, context with { Trust = whole });
        return before.Findings.All(IsOfStranger) ? proof : before with { Evidence = [], Attributed = default };
    }

    /// <summary>The same of a signature of which <paramref name="facts"/> are known and that <paramref name="signer"/> finds the key of, in whatever trust it is given.</summary>
    public static Result<SignedByKey> ToSigner(Func<TrustStore, Result<KeySignature>> signer, SignatureFacts facts, VerificationContext context)
    {
        Result<SignedByKey> proved = ProvedUnder(signer, facts, context);
        return proved.Value is not null && context.Trust.Whole is { } whole && ProvedUnder(signer, facts, context with { Trust = whole }) is { Finding: not null } before ? before : proved;
    }

    /// <summary>What must be read so that all of them can be asked.</summary>
    public static ReadingPlan Plan(Envelope envelope, VerificationContext context) => context.Trust.Whole is { } whole
        ? ReadingPlan.Together([envelope.Plan(context), envelope.Plan(context with { Trust = whole })])
        : envelope.Plan(context);

    private static Result<SignedByKey> ProvedUnder(Func<TrustStore, Result<KeySignature>> signer, SignatureFacts facts, VerificationContext context)
    {
        Result<KeySignature> made = signer(context.Trust);
        return made.Value is { } signature ? SignedByKey.Prove(signature, facts, context) : new Result<SignedByKey>(Value: null, made.Finding);
    }

    // Nobody who is known made it: of this alone nobody objects.
    private static bool IsOfStranger(Finding finding) => finding.Reason == Reasons.UnknownKey;
}
