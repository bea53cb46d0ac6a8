using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Foreign;
using OfflineKit.Policy;

namespace OfflineKit;

/// <summary>The way from bytes to a verdict: recognise, parse, read, prove, decide.</summary>
public static class Verifier
{
    /// <summary>The verdict on <paramref name="request"/>.</summary>
    /// <exception cref="IOException">The artefact cannot be read: nothing can be decided.</exception>
    public static Verdict Verify(VerificationRequest request) => VerifyPart(Whole(request)).Noting(request.Context.Trust.UnusableRoots);

    /// <summary>The verdict on one signature of something that has several: what is demanded of all of them together is not demanded of this one.</summary>
    internal static Verdict VerifyPart(VerificationRequest request)
    {
        // 1 Which format is it? 2 What does it say?
        Expectations expectations = request.Context.Expectations;
        Format? format = request.Format ?? KnownFormats.Recognise(request.Signature.Span, expectations);
        string formatName = format?.Name ?? "";
        Result<Envelope> parsed = Parse(request.Signature, format, expectations);
        if (parsed.Value is not { } envelope)
        {
            return Verdict.Refused(formatName, parsed.Finding!);
        }

        // 3 Read the artefact, once.
        using Artifact? own = request.Artifact is null && format!.IsSelfContained
            ? Artifact.FromDocument(request.DocumentName ?? formatName, request.Signature)
            : null;
        if ((request.Artifact ?? own) is not { } artifact)
        {
            return Verdict.Refused(formatName, Reasons.MissingArtifact.Because($"a {formatName} signature says nothing without its artefact"));
        }

        Verdict verdict = Conclude(envelope, artifact, request);
        return own is null ? verdict : DocumentItself.Judge(envelope, request.DocumentName, verdict);
    }

    /// <summary>The verdict on an envelope that was parsed already, such as the signatures of an image layout.</summary>
    /// <exception cref="IOException">The artefact cannot be read: nothing can be decided.</exception>
    internal static Verdict Verify(Envelope envelope, Artifact artifact, VerificationRequest request) => Conclude(envelope, artifact, Whole(request)).Noting(request.Context.Trust.UnusableRoots);

    private static VerificationRequest Whole(VerificationRequest request) =>
        request with { Policy = request.Policy.And(Demands.OnEvidence(request.Context.Expectations)) };

    private static Verdict Conclude(Envelope envelope, Artifact artifact, VerificationRequest request)
    {
        artifact.Read(PlanOf(envelope, artifact, request.Context));

        // 4 What is proved? 5 Is that enough?
        return Decide(envelope, artifact, request.Context, request.Policy);
    }

    /// <summary>What follows from the artefact, which was read, under <paramref name="policy"/>.</summary>
    /// <remarks>What holds for the verdict on any format is held here, and nowhere else. A file of many signed parts comes here once for each part.</remarks>
    internal static Verdict Decide(Envelope envelope, Artifact artifact, VerificationContext context, SignaturePolicy policy)
    {
        if (envelope is CompositeEnvelope parts)
        {
            return parts.Conclude([.. parts.Members.Select(member => DecideMember(member, parts.Format, artifact, context, policy))], context.Expectations);
        }

        Proof proof = (artifact.Finding ?? envelope.OwnContent?.Judge(artifact)) is { } finding ? Proof.Refused(finding) : Objections.Proved(envelope, artifact, context);
        RequireCoverage(proof, artifact, envelope.Format);
        ImmutableArray<Demand> answered = StatesNamespace(proof) ? [.. envelope.Answers, Demand.Namespace] : envelope.Answers;
        ImmutableArray<Finding> unanswered = Demands.Unanswered(context, answered, $"a signature of the format {envelope.Format}");
        return OtherSignedForm.Judge(artifact, new Verdict(envelope.Format, proof, [.. unanswered, .. policy.Check(proof)]) { Claims = envelope.Claims });
    }

    private static MemberVerdict DecideMember(CollectionMember member, string format, Artifact artifact, VerificationContext context, SignaturePolicy policy)
    {
        // "Every member" is answered by asking each; what is beside the demand for an identity is asked without it.
        Expectations expected = context.Expectations with { DemandsEveryMember = false };
        context = context with { Expectations = member.IsBesideDemand ? expected with { DemandedSigner = DemandedSigner.Unnamed } : expected };
        Verdict verdict = member.Envelope.Value is { } envelope
            ? Decide(envelope, artifact, context, member.IsBesideDemand ? SignaturePolicy.AnyPinnedSigner : policy)
            : Verdict.Refused(format, member.Envelope.Finding!);
        return new MemberVerdict(member.Name, verdict, AnswersDemand: !member.IsBesideDemand);
    }

    /// <summary>What the file with <paramref name="content"/> says, in <paramref name="format"/> or the one that is recognised; nothing is verified.</summary>
    internal static Result<Envelope> Parse(ReadOnlyMemory<byte> content, Format? format, Expectations expectations) =>
        (format ?? KnownFormats.Recognise(content.Span, expectations)) is { } known
            ? Result.Parse(Reasons.MalformedSignature, () => known.Read(content, expectations))
            : new Result<Envelope>(Value: null, UnknownContent.Refusal(content.Span));

    /// <summary>The file with <paramref name="content"/> can be nothing but a signature of another file, whoever made it: by the marks of a form, and whole. A value without marks never is.</summary>
    internal static bool IsUnmistakable(ReadOnlyMemory<byte> content) => Parse(content, format: null, Expectations.None).Value?.IsUnmistakable == true;

    /// <summary>What must be read of <paramref name="artifact"/> before <paramref name="envelope"/> is verified beside it.</summary>
    // To compare an artefact with content that the file carries, some digest of it must be known.
    internal static ReadingPlan PlanOf(Envelope envelope, Artifact artifact, VerificationContext context)
    {
        ReadingPlan plan = Objections.Plan(envelope, context);
        return envelope.OwnContent is not null && plan.Digests.IsEmpty && !artifact.IsDocumentItself ? plan with { Digests = [DigestAlgorithm.Sha256] } : plan;
    }

    // Every key that signed may do so in named namespaces only, so that the one that the caller states was held against each.
    private static bool StatesNamespace(Proof proof) =>
        proof.Evidence.OfType<SignedByKey>() is var signed && signed.Any() && signed.All(by => by.IsLimitedToNamespaces);

    // Whoever signed, signed this artefact: a format that proves a signer and not that, or the coverage of something else, has a fault, and a fault is never an answer.
    private static void RequireCoverage(Proof proof, Artifact artifact, string format)
    {
        bool isSigned = proof.Findings.IsEmpty && proof.Evidence.Any(evidence => evidence is SignedByKey or SignedByIdentity);
        ImmutableArray<CoversArtifact> covers = [.. proof.Evidence.OfType<CoversArtifact>()];
        if (!covers.All(covered => covered.Is(artifact)) || (isSigned && covers.IsEmpty && !artifact.IsDocumentItself))
        {
            throw new InvalidOperationException($"{format} proves something about another artefact than {artifact.Name}");
        }
    }
}
