using System.Collections.Immutable;

namespace OfflineKit.Formats.Checksums;

/// <summary>Where a file lies, seen from a list of checksums: by that, and not by the word that somebody typed, its line is found.</summary>
/// <remarks>A list may name <c>tool</c> and <c>debug/tool</c>: in the folder <c>debug</c>, too, the word <c>tool</c> means the second. Source: docs/spec/checksums.md.</remarks>
internal sealed record FilePlace
{
    private readonly string _path;
    private readonly bool _isBelow;

    private FilePlace(string path, bool isBelow) => (_path, _isBelow) = (path.Replace(Path.DirectorySeparatorChar, '/'), isBelow);

    /// <summary>In the folder of the list or below it, at <paramref name="path"/> seen from there.</summary>
    public static FilePlace Below(string path) => new(path, isBelow: true);

    /// <summary>Somewhere else, or nobody knows where: at <paramref name="path"/>, or called so.</summary>
    public static FilePlace Elsewhere(string path) => new(path, isBelow: false);

    /// <summary>The one of <paramref name="files"/> that this is; null: none, or one of several.</summary>
    /// <remarks>Below the list it is the one at its place. Elsewhere it is the only one that is called as it is, where its own path ends in the listed one.</remarks>
    public ListedFile? In(IEnumerable<ListedFile> files)
    {
        ImmutableArray<ListedFile> meant = [.. files.Where(file => _isBelow ? file.Path == _path : NameOf(file.Path).SequenceEqual(NameOf(_path))).Take(2)];
        return meant is [var only] && (_path == only.Path || _path.EndsWith("/" + only.Path, StringComparison.Ordinal)) ? only : null;
    }

    private static ReadOnlySpan<char> NameOf(string path) => path.AsSpan(path.LastIndexOf('/') + 1);
}
