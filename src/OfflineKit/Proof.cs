using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>How a check ended.</summary>
public enum CheckOutcome
{
    /// <summary>It could not be made; the text says why. Never a success.</summary>
    NotEvaluated,

    /// <summary>It failed; a finding says why.</summary>
    Failed,

    /// <summary>It holds.</summary>
    Passed,
}

/// <summary>One check that was made (or could not be), in the order in which it was made.</summary>
/// <param name="Code">Stable name: <c>signature</c>, <c>artifact-binding</c>, <c>inclusion-proof</c> …</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">What it proved, or why not; one line.</param>
/// <param name="Root">The trust root that it rests on; empty where none is involved.</param>
public sealed record Check(string Code, CheckOutcome Outcome, string Detail, string Root = "");

/// <summary>Something the reader should know that neither proves nor refuses.</summary>
/// <param name="Code">Stable name: <c>note.unsigned-metadata</c>, <c>note.integrity-only</c> …</param>
/// <param name="Text">One sentence; may quote untrusted text.</param>
public sealed record Remark(string Code, string Text);

/// <summary>Something a file says about itself: nobody checked it.</summary>
/// <param name="Name">What is claimed, such as <c>key id</c>.</param>
/// <param name="Value">The claim, untrusted text.</param>
public sealed record Claim(string Name, string Value);

/// <summary>What an envelope's verification proved and refused. It decides nothing.</summary>
internal sealed record Proof(
    ImmutableArray<Evidence> Evidence,
    ImmutableArray<Finding> Findings,
    ImmutableArray<Check> Checks,
    ImmutableArray<Remark> Remarks)
{
    /// <summary>What each signer vouches for, as it was recorded; default: all of the evidence is of one signature file, and of each of its signers.</summary>
    internal ImmutableArray<SignerEvidence> Attributed { get; init; }

    /// <summary>What each signer vouches for. Evidence that was taken back counts nowhere.</summary>
    internal ImmutableArray<SignerEvidence> BySigner => Attributed.IsDefault
        ? [.. SignerEvidence.In(Evidence)]
        : [.. Attributed.SelectMany(signer => SignerEvidence.In([.. signer.Evidence.Where(Evidence.Contains)]))];

    /// <summary>The format's own words for a verdict on this proof, by field name, such as <c>status</c>: <c>OFFICIAL</c>; null where it has none.</summary>
    /// <remarks>Only <see cref="Verdict"/> asks, when it is decided: nobody can say TRUSTED before, and nobody can say it of what was refused.</remarks>
    internal Func<Verdict, ImmutableArray<KeyValuePair<string, string>>>? WordsFor { get; init; }

    /// <summary>Neither evidence nor refusal.</summary>
    public static Proof Nothing { get; } = new([], [], [], []);

    /// <summary>A proof of nothing, with one refusal.</summary>
    public static Proof Refused(Finding finding) => new([], [finding], [], []);
}
