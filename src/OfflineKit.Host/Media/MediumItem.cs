using System.Collections.Immutable;
using OfflineKit.Host.Batches;

namespace OfflineKit.Host.Media;

/// <summary>One thing on a medium: a file with the signatures beside it, or what was found out while the medium was walked through.</summary>
/// <param name="Path">The file.</param>
internal sealed record MediumItem(string Path)
{
    /// <summary>The plain files beside it that are read as its signatures.</summary>
    public ImmutableArray<string> Signatures { get; init; } = [];

    /// <summary>The whole that it lies in and that is not trusted; null: none.</summary>
    public string? RefusedWhole { get; init; }

    /// <summary>What is known already; empty: the file is asked about.</summary>
    public ImmutableArray<BatchResult> Known { get; init; } = [];
}
