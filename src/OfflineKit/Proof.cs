using System.Collections.Immutable;

namespace OfflineKit;

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
