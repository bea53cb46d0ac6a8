using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit;

/// <summary>The way from bytes to a verdict: recognise, parse, read, prove, decide.</summary>
public static class Verifier
{
    /// <summary>The verdict on <paramref name="request"/>.</summary>
    /// <exception cref="IOException">The artefact cannot be read: nothing can be decided.</exception>
    public static Verdict Verify(VerificationRequest request)
    {
        // 1 Which format is it? 2 What does it say?
        Expectations expectations = request.Context.Expectations;
        Format? format = request.Format ?? KnownFormats.Recognise(request.Signature.Span, expectations);
        string formatName = format?.Name ?? "";
        Parsed<Envelope> parsed = Parse(request.Signature, format, expectations);
        if (parsed.Value is not { } envelope)
        {
            return Verdict.Refused(formatName, parsed.Refusal!);
        }

        // 3 Read the artefact, once.
        using Artifact? own = request.Artifact is null && format!.IsSelfContained
            ? Artifact.FromDocument(request.DocumentName ?? formatName, request.Signature)
            : null;
        if ((request.Artifact ?? own) is not { } artifact)
        {
            return Verdict.Refused(formatName, Reasons.MissingArtifact.Because($"a {formatName} signature says nothing without its artefact"));
        }

        artifact.Read(envelope.Plan(request.Context));

        // 4 What is proved? 5 Is that enough?
        return Decide(envelope, artifact, request);
    }

    /// <summary>The verdicts on the lines of <paramref name="request"/>'s signature file; its artefact is read once for all of them.</summary>
    /// <exception cref="IOException">The artefact cannot be read: nothing can be decided.</exception>
    public static LineVerdicts VerifyLines(VerificationRequest request)
    {
        Parsed<IReadOnlyList<ReadOnlyMemory<byte>>> split = Attempt.Parse<IReadOnlyList<ReadOnlyMemory<byte>>>(
            Reasons.MalformedSignature, () => LineVerdicts.Split(request.Signature));
        if (split.Value is not { } lines)
        {
            return new LineVerdicts([Verdict.Refused(format: "", split.Refusal!)]);
        }

        if (request.Artifact is not { } artifact)
        {
            return new LineVerdicts([.. lines.Select(line => Verify(request with { Signature = line }))]);
        }

        ImmutableArray<Parsed<Envelope>> envelopes = [.. lines.Select(line => Parse(line, request.Format, request.Context.Expectations))];
        ImmutableArray<ReadingPlan> plans = [.. envelopes.Select(parsed => parsed.Value?.Plan(request.Context) ?? ReadingPlan.Nothing)];
        ImmutableArray<DigestAlgorithm> digests = [.. plans.SelectMany(plan => plan.Digests).Distinct().Order()];
        artifact.Read(new ReadingPlan(digests, plans.Any(plan => plan.Content)));
        return new LineVerdicts(
            [.. envelopes.Select(parsed => parsed.Value is { } envelope ? Decide(envelope, artifact, request) : Verdict.Refused(format: "", parsed.Refusal!))]);
    }

    private static Verdict Decide(Envelope envelope, Artifact artifact, VerificationRequest request)
    {
        Proof proof = artifact.Refusal is { } refusal ? Proof.Refused(refusal) : envelope.Verify(artifact, request.Context);
        ImmutableArray<Finding> outOfScope = proof.Findings.IsEmpty ? request.Context.Trust.ScopeObjections(proof.Evidence, request.Context.Expectations.Namespace) : [];
        return new Verdict(envelope.Format, proof, [.. outOfScope, .. request.Policy.Check(proof)]) { Claims = envelope.Claims };
    }

    /// <summary>What the file with <paramref name="content"/> says, in <paramref name="format"/> or the one that is recognised; nothing is verified.</summary>
    public static Parsed<Envelope> Parse(ReadOnlyMemory<byte> content, Format? format, Expectations expectations) =>
        (format ?? KnownFormats.Recognise(content.Span, expectations)) is { } known
            ? Attempt.Parse(Reasons.MalformedSignature, () => known.Parse(content, expectations))
            : new Parsed<Envelope>(Value: null, Reasons.UnknownFormat.Because(KnownFormats.Describe(content.Span)));
}
