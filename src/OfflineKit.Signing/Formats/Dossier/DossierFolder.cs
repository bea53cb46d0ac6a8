using System.Collections.Immutable;
using OfflineKit.FileSystem;

namespace OfflineKit.Signing.Formats.Dossier;

/// <summary>The dossiers in and below a folder, which one run signs together.</summary>
/// <param name="Files">Every plain file that is called <c>*.ds.md</c>, folder by folder in ordinal order.</param>
/// <param name="Links">Links of that name: where they lead, somebody else may keep his own.</param>
internal sealed record DossierFolder(ImmutableArray<string> Files, ImmutableArray<string> Links)
{
    private const string Ending = ".ds.md";

    /// <summary>What is in and below <paramref name="folder"/>.</summary>
    /// <exception cref="Encoding.MalformedException"><c>file.name-not-utf8</c>.</exception>
    /// <exception cref="IOException">It, or a folder below it, cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static DossierFolder Of(string folder)
    {
        ILookup<FileType, string> found = Below(folder).ToLookup(entry => entry.Type, entry => entry.Path);
        return new DossierFolder([.. found[FileType.File]], [.. found[FileType.Link]]);
    }

    private static IEnumerable<(FileType Type, string Path)> Below(string folder) => Folder.Read(folder).SelectMany(entry =>
        entry.Type == FileType.Folder ? Below(Path.Join(folder, entry.Name))
        : entry.Name.EndsWith(Ending, StringComparison.Ordinal) ? [(entry.Type, Path.Join(folder, entry.Name))] : []);
}
