using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Batches;

namespace OfflineKit.Host.Media;

/// <summary>One thing on a medium: a file with the signatures beside it, or what was found out while the medium was walked through.</summary>
/// <param name="Family">The file and the files beside it.</param>
internal sealed record MediumItem(FileFamily Family)
{
    /// <summary>The file.</summary>
    public string Path => Family.Path;

    /// <summary>What tells it from everything else on the medium; null: its path.</summary>
    public string? Key { get; init; }

    /// <summary>The whole that it lies in and that is not trusted; null: none.</summary>
    public string? RefusedWhole { get; init; }

    /// <summary>A whole that is trusted speaks for the file, and for nothing that lies beside it.</summary>
    public bool IsCovered { get; init; }

    /// <summary>What is known already; empty: the file is asked about.</summary>
    public ImmutableArray<BatchResult> Known { get; init; } = [];

    /// <summary>The thing of which <paramref name="entry"/> says why it cannot be looked at.</summary>
    public static MediumItem Said(BatchEntry entry) => new(new FileFamily(entry.Path))
    {
        Key = Utf8Text.Decode(entry.Key.Span, "key"),
        Known = [ResultLine.Undecided(entry, BatchResult.Error, entry.Fault!.Reason, entry.Fault.Detail)],
    };
}
