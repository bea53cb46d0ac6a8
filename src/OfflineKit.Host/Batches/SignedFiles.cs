using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;

namespace OfflineKit.Host.Batches;

/// <summary>The files of a folder that a batch asks about.</summary>
internal static class SignedFiles
{
    /// <summary>Every file in and below <paramref name="folder"/> but those that serve as the signature of another one, folder by folder in ordinal order.</summary>
    /// <remarks>
    /// A file is passed over only when the search for signatures (<see cref="SignatureSearch"/>) takes it for a file that is asked about: a name that looks like a signature's is not enough.
    /// Links to folders are not followed: they may lead in a circle, or out of the tree.
    /// </remarks>
    /// <exception cref="UsageException">A name in it cannot be said: nothing is decided about a folder that cannot be seen whole.</exception>
    public static IEnumerable<string> Below(string folder)
    {
        ImmutableArray<FolderEntry> entries = Entries(folder);
        ImmutableArray<string> files = [.. entries.Where(entry => entry.Type != FileType.Folder && !IsLinkToFolder(folder, entry)).Select(entry => Path.Join(folder, entry.Name))];
        HashSet<string> names = new(files, StringComparer.Ordinal), used = new(StringComparer.Ordinal);

        // In ordinal order a file comes before its name with a suffix.
        foreach (string file in files)
        {
            if (used.Contains(file))
            {
                continue;
            }

            if (SignatureSearch.FirstBeside(file, named: null, names.Contains) is { } signature)
            {
                used.Add(signature);
            }

            yield return file;
        }

        foreach (string file in entries.Where(entry => entry.Type == FileType.Folder).SelectMany(entry => Below(Path.Join(folder, entry.Name))))
        {
            yield return file;
        }
    }

    private static ImmutableArray<FolderEntry> Entries(string folder)
    {
        Result<Listing> read = Result.Parse(FileReasons.NameNotUtf8, () => new Listing(Folder.Read(folder)));
        return read.Value is { } box ? box.Entries : throw new UsageException($"{read.Finding!.Reason.Code}: {read.Finding.Detail}", read.Finding.Reason.NextStep);
    }

    private static bool IsLinkToFolder(string folder, FolderEntry entry) => entry.Type == FileType.Link && FileStatus.Of(Path.Join(folder, entry.Name)) == FileType.Folder;

    private sealed record Listing(ImmutableArray<FolderEntry> Entries);
}
