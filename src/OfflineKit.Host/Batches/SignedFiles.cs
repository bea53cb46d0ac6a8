using System.Collections.Immutable;
using OfflineKit.FileSystem;
using OfflineKit.Host.Answers;

namespace OfflineKit.Host.Batches;

/// <summary>The files of a folder that a batch asks about.</summary>
/// <param name="format">The format of every signature; null: each is recognised.</param>
/// <param name="inputs">Where this run reads.</param>
/// <param name="named">What the user named besides: each has a line of its own.</param>
internal sealed class SignedFiles(Format? format, Inputs inputs, IReadOnlySet<string> named)
{
    /// <summary>Everything in and below <paramref name="folder"/>, folder by folder in ordinal order: each file with what is called as its signatures.</summary>
    /// <remarks>Links to folders are not followed, and what cannot be read or named is an entry that says so.</remarks>
    public IEnumerable<BatchEntry> Below(string folder) => Below(folder, depth: 0);

    private IEnumerable<BatchEntry> Below(string folder, int depth)
    {
        ListedFolder listed = ListedFolder.Of(folder, depth);
        List<string> links = [], files = [];
        foreach (FolderEntry entry in listed.Entries.Where(entry => entry.Type != FileType.Folder))
        {
            string path = Path.Join(folder, entry.Name);
            (entry.Type == FileType.Link && FileStatus.Of(path) == FileType.Folder ? links : files).Add(path);
        }

        SignatureLookup lookup = new(format, inputs);
        ImmutableArray<FileFamily> families = FileFamily.Of([.. files], lookup.Of, named.Contains);
        return listed.Said
            .Concat(links.Select(ListedFolder.Link))
            .Concat(families.Select(family => lookup.Faults.GetValueOrDefault(family.Path) ?? new BatchEntry(family.Path, Members: null) { Beside = family.Beside }))
            .Concat(listed.Entries.Where(entry => entry.Type == FileType.Folder).SelectMany(entry => Below(Path.Join(folder, entry.Name), depth + 1)));
    }
}
