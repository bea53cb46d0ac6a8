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
        using Artifact? own = request.Artifact is null && format.IsSelfContained ? Artifact.FromBytes(format.Name, request.Signature) : null;
        if ((request.Artifact ?? own) is not { } artifact)
        {
            return Verdict.Refused(format.Name, Reasons.MissingArtifact.Because($"a {format.Name} signature says nothing without its artefact"));
        }

        artifact.Read(envelope.Plan(request.Context));

        // 4 What is proved? 5 Is that enough?
        Proof proof = artifact.Refusal is { } refusal ? Proof.Refused(refusal) : envelope.Verify(artifact, request.Context);
        return new Verdict(format.Name, proof, request.Policy.Check(proof)) { Claims = envelope.Claims };
    }
}
