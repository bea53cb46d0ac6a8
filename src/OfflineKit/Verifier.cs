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
        // 1 Which format is it?
        Expectations expectations = request.Context.Expectations;
        Format? format = request.Format ?? KnownFormats.Recognise(request.Signature.Span, expectations);
        if (format is null)
        {
            return Verdict.Refused(format: "", Reasons.UnknownFormat.Because(KnownFormats.Describe(request.Signature.Span)));
        }

        // 2 What does it say?
        Parsed<Envelope> parsed = Attempt.Parse(Reasons.MalformedSignature, () => format.Parse(request.Signature, expectations));
        if (parsed.Value is not { } envelope)
        {
            return Verdict.Refused(format.Name, parsed.Refusal!);
        }

        // 3 Read the artefact, once.
        using Artifact? own = request.Artifact is null && format.IsSelfContained ? Artifact.FromDocument(format.Name, request.Signature) : null;
        if ((request.Artifact ?? own) is not { } artifact)
        {
            return Verdict.Refused(format.Name, Reasons.MissingArtifact.Because($"a {format.Name} signature says nothing without its artefact"));
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

        ImmutableArray<Parsed<Envelope>> envelopes = [.. lines.Select(line => Parse(line, request))];
        ImmutableArray<ReadingPlan> plans = [.. envelopes.Select(parsed => parsed.Value?.Plan(request.Context) ?? ReadingPlan.Nothing)];
        ImmutableArray<DigestAlgorithm> digests = [.. plans.SelectMany(plan => plan.Digests).Distinct().Order()];
        artifact.Read(new ReadingPlan(digests, plans.Any(plan => plan.Content)));
        return new LineVerdicts(
            [.. envelopes.Select(parsed => parsed.Value is { } envelope ? Decide(envelope, artifact, request) : Verdict.Refused(format: "", parsed.Refusal!))]);
    }

    private static Parsed<Envelope> Parse(ReadOnlyMemory<byte> content, VerificationRequest request)
    {
        Expectations expectations = request.Context.Expectations;
        Format? format = request.Format ?? KnownFormats.Recognise(content.Span, expectations);
        return format is null
            ? new Parsed<Envelope>(Value: null, Reasons.UnknownFormat.Because(KnownFormats.Describe(content.Span)))
            : Attempt.Parse(Reasons.MalformedSignature, () => format.Parse(content, expectations));
    }

    private static Verdict Decide(Envelope envelope, Artifact artifact, VerificationRequest request)
    {
        Proof proof = artifact.Refusal is { } refusal ? Proof.Refused(refusal) : envelope.Verify(artifact, request.Context);
        return new Verdict(envelope.Format, proof, request.Policy.Check(proof)) { Claims = envelope.Claims };
    }
}
