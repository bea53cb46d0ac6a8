namespace OfflineKit.X509;

/// <summary>How much work building certification paths may take; shared by all paths that one verdict needs.</summary>
/// <remarks>Without it, certificates that sign each other in circles cost exponential time.</remarks>
internal sealed class PathBudget
{
    /// <summary>Signature verifications left.</summary>
    public int Signatures { get; private set; } = 100;

    /// <summary>Candidate issuers left.</summary>
    public int Steps { get; private set; } = 1000;

    /// <summary>Comparisons of names with name constraints left.</summary>
    public long NameComparisons { get; private set; } = 250_000;

    /// <summary>Most intermediates of one path; those that are self-issued do not count.</summary>
    public int Intermediates { get; init; } = 8;

    internal bool TakeSignature() => Signatures-- > 0;

    internal bool TakeStep() => Steps-- > 0;

    internal bool TakeNameComparisons(long count) => (NameComparisons -= count) >= 0;
}
