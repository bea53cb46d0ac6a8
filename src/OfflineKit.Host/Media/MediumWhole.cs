using System.Collections.Immutable;
using OfflineKit.Host.Batches;

namespace OfflineKit.Host.Media;

/// <summary>What was found out about something that is trusted as a whole.</summary>
/// <param name="Results">What is said of it.</param>
/// <param name="Covered">The files for which it speaks; none where it is not trusted.</param>
internal sealed record MediumWhole(ImmutableArray<BatchResult> Results, ImmutableArray<string> Covered)
{
    /// <summary>Why it cannot be looked into as an export; null: it can, or it is none.</summary>
    public Finding? Why { get; private init; }

    /// <summary>An archive of which nothing is said as a whole, because of <paramref name="why"/>.</summary>
    public static MediumWhole None(Finding why) => new([], []) { Why = why };

    /// <summary>Something in it is not trusted.</summary>
    public bool IsRefused => Results.Any(result => result.Status != BatchResult.Valid);
}
