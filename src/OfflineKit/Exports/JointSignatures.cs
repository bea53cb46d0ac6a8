using System.Collections.Immutable;
using OfflineKit.Policy;

namespace OfflineKit.Exports;

/// <summary>One question: do these signatures of one file, each in a file of its own, together meet what is demanded?</summary>
/// <param name="Artifact">The file, not read yet.</param>
/// <param name="Signatures">What signs it, by name; no name stands there twice.</param>
/// <param name="Context">Trust, expectations and time.</param>
/// <param name="Policy">What is demanded of every signature.</param>
/// <param name="Demands">What is demanded of the evidence as a whole.</param>
internal sealed record JointRequest(Artifact Artifact, ImmutableArray<NamedContent> Signatures, VerificationContext Context, SignaturePolicy Policy, SignaturePolicy Demands)
{
    /// <summary>The format of every signature, where the caller names it; otherwise each is recognised.</summary>
    public Format? Format { get; init; }
}

/// <summary>What was decided about several signatures of one file.</summary>
/// <param name="Whole">What follows from all that count, together.</param>
/// <param name="Each">What each proves where no number of signers is demanded of it, by its name.</param>
internal sealed record JointVerdict(Verdict Whole, ImmutableArray<KeyValuePair<string, Verdict>> Each);

/// <summary>Adds up the signatures of one file: over bytes that were read once, by evidence of the one gate, counted by key and never by file.</summary>
/// <remarks>
/// A signature counts that is trusted by itself, but for the number of signers, and that is over the bytes of the file alone (<see cref="Format.CountsWithOthers"/>).
/// Source: docs/spec/demands.md, "What adds up to a threshold".
/// </remarks>
internal static class JointSignatures
{
    /// <summary>Signatures of <paramref name="format"/> may be counted with those in other files.</summary>
    public static bool CountsWithOthers(string format) => KnownFormats.ByName(format)?.CountsWithOthers == true;

    /// <summary>The verdict on <paramref name="request"/>.</summary>
    /// <exception cref="ArgumentException">One of them is judged for itself (<see cref="CountsWithOthers"/>).</exception>
    /// <exception cref="IOException">The artefact cannot be read: nothing can be decided.</exception>
    public static JointVerdict Verify(JointRequest request)
    {
        // 1 What each says. 2 The artefact, once for all of them.
        VerificationContext alone = request.Context with { Expectations = request.Context.Expectations with { Threshold = 1 } };
        ImmutableArray<(string Name, Encoding.Result<Envelope> Parsed)> read =
            [.. request.Signatures.Select(signature => (signature.Name, Verifier.Parse(signature.Content, request.Format, alone.Expectations)))];
        request.Artifact.Read(ReadingPlan.Together([.. read.Select(one => one.Parsed.Value).OfType<Envelope>().Select(envelope => Verifier.PlanOf(envelope, request.Artifact, alone))]));

        // 3 What each proves by itself.
        ImmutableArray<KeyValuePair<string, Verdict>> each = [.. read.Select(one => KeyValuePair.Create(one.Name, Judge(one.Parsed, request, alone)))];

        // 4 Whether those who count are enough.
        Verification all = new();
        foreach ((string name, Verdict verdict) in each.Where(one => one.Value.IsTrusted))
        {
            all.Passed("signature", $"{name} ({verdict.Format}) is by a trusted signer");
            all.Include(verdict.Proof, name);
        }

        Proof proof = all.Close();
        proof = proof with { Evidence = [.. proof.Evidence.Distinct()], Remarks = [.. proof.Remarks.Distinct()] };
        SignaturePolicy demands = request.Demands.And(Demands.OnEvidence(request.Context.Expectations));
        string formats = string.Join(" + ", each.Where(one => one.Value.IsTrusted).Select(one => one.Value.Format).Distinct(StringComparer.Ordinal));
        return new JointVerdict(new Verdict(formats, proof, demands.Check(proof)).Noting(request.Context.Trust.UnusableRoots), each);
    }

    private static Verdict Judge(Encoding.Result<Envelope> parsed, JointRequest request, VerificationContext alone) =>
        parsed.Value is not { } envelope ? Verdict.Refused(request.Format?.Name ?? "", parsed.Finding!)
        : CountsWithOthers(envelope.Format) ? Verifier.Decide(envelope, request.Artifact, alone, request.Policy)
        : throw new ArgumentException($"a signature of the format {envelope.Format} is judged for itself", nameof(parsed));
}
