using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Exports;

/// <summary>Files that do not lie in the export and belong to it: the caller names them.</summary>
/// <param name="Files">Their bytes, by the role that they play.</param>
internal sealed record DetachedFiles(ImmutableDictionary<string, ReadOnlyMemory<byte>> Files)
{
    /// <summary>The signature of the archive file.</summary>
    public const string ArchiveSignature = "archive-signature";

    /// <summary>offline-manifest.json, its detached JWS.</summary>
    public const string OfflineManifest = "offline-manifest", OfflineManifestJws = "offline-manifest-jws";

    /// <summary>The body of the log entry of which a receipt speaks.</summary>
    public const string ReceiptEntry = "receipt-entry";

    /// <summary>The manifest on which a delta builds.</summary>
    public const string BaseManifest = "base-manifest";

    /// <summary>The roles whose files nobody named: they lie beside the export by the usual name.</summary>
    public ImmutableHashSet<string> FoundBeside { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>None.</summary>
    public static DetachedFiles None { get; } = new(ImmutableDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal));

    /// <summary>The file in <paramref name="role"/>, or null.</summary>
    public ReadOnlyMemory<byte>? Find(string role) => Files.TryGetValue(role, out ReadOnlyMemory<byte> content) ? content : default(ReadOnlyMemory<byte>?);

    /// <summary>SHA-256 of the file in <paramref name="role"/>, or null.</summary>
    public Digest? Digest(string role) => Find(role) is { } content ? Crypto.Digest.Sha256(content.Span) : null;
}
