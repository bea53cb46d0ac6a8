using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Exports;

/// <summary>A file that is in an export, as it was read.</summary>
/// <param name="Path">Plain and relative, with <c>/</c> between folders.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of its content.</param>
internal sealed record ExportFile(string Path, long Size, Digest Sha256)
{
    /// <summary>Its digests under the other hash functions that the lists of the export name.</summary>
    public ImmutableArray<Digest> Others { get; init; } = [];

    /// <summary>Its digest under <paramref name="algorithm"/>; null when that was not computed.</summary>
    public Digest? Digest(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? Sha256 : Others.FirstOrDefault(digest => digest.Algorithm == algorithm);
}

/// <summary>What an export lies in.</summary>
internal enum ExportContainer
{
    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A tar archive, perhaps compressed.</summary>
    Tar,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>Nothing: one file, and the list that names it.</summary>
    ListAndFile,
}
