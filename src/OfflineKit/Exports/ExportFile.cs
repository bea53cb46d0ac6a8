using OfflineKit.Crypto;

namespace OfflineKit.Exports;

/// <summary>A file that is in an export, as it was read.</summary>
/// <param name="Path">Plain and relative, with <c>/</c> between folders.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of its content.</param>
internal sealed record ExportFile(string Path, long Size, Digest Sha256);

/// <summary>A file that a list says should be there.</summary>
/// <param name="Path">As the list writes it, without a leading <c>./</c>.</param>
/// <param name="Size">Bytes; null where the list names none.</param>
/// <param name="Sha256">Of its content.</param>
internal sealed record ListedFile(string Path, long? Size, Digest Sha256);

/// <summary>What an export lies in.</summary>
internal enum ExportContainer
{
    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A tar archive, perhaps compressed.</summary>
    Tar,

    /// <summary>A zip archive.</summary>
    Zip,
}
