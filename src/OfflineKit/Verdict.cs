using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>What the policy <em>decided</em> about a proof.</summary>
/// <remarks>Trust is computed, never set: at least one piece of evidence, and no finding.</remarks>
public sealed class Verdict
{
    internal Verdict(string format, Proof proof, ImmutableArray<Finding> refusedByPolicy)
    {
        Format = format;
        Proof = proof;
        Findings = [.. proof.Findings, .. refusedByPolicy];
        if (proof.Evidence.IsEmpty && Findings.IsEmpty)
        {
            Findings = [Reasons.NothingProved.Because("nothing in the file proves who signed it")];
        }

        Words = proof.WordsFor?.Invoke(this) ?? [];
    }

    /// <summary>At least one piece of evidence and not a single finding.</summary>
    public bool IsTrusted => !Proof.Evidence.IsEmpty && Findings.IsEmpty;

    /// <summary>The format that was verified; empty when it was not recognised.</summary>
    public string Format { get; }

    /// <summary>What the mathematics proved and refused.</summary>
    internal Proof Proof { get; }

    /// <summary>What the mathematics proved: who signed, what is covered, when. Of a verdict with findings it is no reason to trust.</summary>
    public ImmutableArray<Evidence> Evidence => Proof.Evidence;

    /// <summary>Every check that was made or could not be, in order.</summary>
    public ImmutableArray<Check> Checks => Proof.Checks;

    /// <summary>What the reader should know besides.</summary>
    public ImmutableArray<Remark> Remarks => Proof.Remarks;

    /// <summary>Every refusal: the proof's and the policy's. The first one is the reason to show.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>The format's own words for this verdict, by field name; made from it, and worth no more than it.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Words { get; }

    /// <summary>What the file claims, for the report; nobody checked it.</summary>
    public ImmutableArray<Claim> Claims { get; internal init; } = [];

    /// <summary>The verdicts on every member, where the file is a collection; this verdict is one of them.</summary>
    public ImmutableArray<MemberVerdict> Members { get; private init; } = [];

    /// <summary>This verdict, speaking for a collection of which <paramref name="members"/> are the verdicts.</summary>
    internal Verdict Among(ImmutableArray<MemberVerdict> members) =>
        new(Format, Proof, [.. Findings.Skip(Proof.Findings.Length)]) { Claims = Claims, Members = members };

    /// <summary>This verdict on a list, said of a file that it names: of all that the signatures cover, <paramref name="file"/> is what was asked about.</summary>
    internal Verdict Covering(CoversArtifact file) =>
        new(Format, Proof with { Evidence = [.. Proof.Evidence.Where(evidence => evidence is not CoversArtifact), file] }, [.. Findings.Skip(Proof.Findings.Length)]) { Claims = Claims, Members = Members };

    /// <summary>This verdict, and what was found before of the thing that it is about: it can only refuse.</summary>
    internal Verdict After(Proof before) => new(
        Format,
        Proof with { Findings = [.. before.Findings, .. Proof.Findings], Checks = [.. before.Checks, .. Proof.Checks], Remarks = [.. before.Remarks, .. Proof.Remarks] },
        [.. Findings.Skip(Proof.Findings.Length)]) { Claims = Claims, Members = Members };

    /// <summary>This verdict, and one more refusal.</summary>
    internal Verdict But(Finding finding) => new(Format, Proof, [.. Findings.Skip(Proof.Findings.Length), finding]) { Claims = Claims, Members = Members };

    /// <summary>This verdict, which also says what of the trust could not be used.</summary>
    internal Verdict Noting(ImmutableArray<Finding> leftOut) => leftOut.IsEmpty
        ? this
        : After(Proof.Nothing with { Remarks = [.. leftOut.Select(finding => new Remark("note.root-left-out", $"not used: {finding.Detail}"))] });

    /// <summary>A refusal before anything could be verified.</summary>
    internal static Verdict Refused(string format, Finding finding) => new(format, Proof.Refused(finding), []);
}
