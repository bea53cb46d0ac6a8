using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Exports;

/// <summary>What is read of every file of an export.</summary>
/// <param name="List">The list that the caller names, which is kept with its signatures whatever it is called; null: none.</param>
/// <param name="Others">The hash functions besides SHA-256.</param>
internal sealed record EntryReading(string? List, ImmutableArray<DigestAlgorithm> Others)
{
    /// <summary>SHA-256, and the files that some layout declares.</summary>
    public static EntryReading Usual { get; } = new(List: null, []);

    /// <summary>The bytes of the file at <paramref name="path"/> are kept.</summary>
    public bool Keeps(string path) => MetadataFileNames.IsKept(path) || (List is not null && (IsNamed(path) || SignatureNames.Any(path).Any(IsNamed)));

    // At the top, or in the one folder around everything.
    private bool IsNamed(string path) => path == List || (path.Count('/') == 1 && path.EndsWith("/" + List, StringComparison.Ordinal));
}
