using System.Collections.Frozen;
using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>A repository in a <c>.tar</c>, <c>.tar.gz</c> or <c>.tar.zst</c> file, held in memory and never unpacked to disk.</summary>
internal sealed class ArchiveFiles : ITufFiles
{
    private readonly FrozenDictionary<string, byte[]> _files;

    private ArchiveFiles(Dictionary<string, byte[]> files)
    {
        _files = files.ToFrozenDictionary(StringComparer.Ordinal);
        Names = [.. files.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The bounds on a bundle that comes as an archive.</summary>
    public static ArchiveLimits Bounds { get; } = new(TufLimits.Files, TufLimits.Target, TufLimits.Bundle, Ratio: 250);

    /// <inheritdoc/>
    public ImmutableArray<string> Names { get; }

    /// <summary>The files in <paramref name="stream"/>, compressed or not, or the finding that says why they are no bundle.</summary>
    public static Result<ArchiveFiles> Open(Stream stream) => Result.Parse(ArchiveReasons.Malformed, () => Decompression.Read(stream, Bounds, ReadTar));

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Read(string name, int limit)
    {
        if (!_files.TryGetValue(name, out byte[]? content))
        {
            return null;
        }

        return content.Length <= limit ? content.AsMemory() : throw new MalformedException(TufReasons.TooLarge, $"{name}: more than {limit} bytes");
    }

    private static ArchiveFiles ReadTar(TarReader tar)
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        while (tar.Next() is { } entry)
        {
            files.Add(entry.Name, tar.ReadAll());
        }

        return new ArchiveFiles(files);
    }
}
