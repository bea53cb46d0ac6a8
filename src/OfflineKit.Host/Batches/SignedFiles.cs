using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Media;

namespace OfflineKit.Host.Batches;

/// <summary>The files of a folder that a batch asks about.</summary>
/// <param name="format">The format of every signature; null: each is recognised.</param>
/// <param name="inputs">Where this run reads.</param>
internal sealed class SignedFiles(Format? format, Inputs inputs)
{
    /// <summary>Every file in and below <paramref name="folder"/>, folder by folder in ordinal order. One is passed over only when it is a signature that is read for another.</summary>
    /// <remarks>Links to folders are not followed: they may lead in a circle, or out of the tree. A name that is not UTF-8 is an entry that is an error.</remarks>
    public IEnumerable<BatchEntry> Below(string folder)
    {
        Result<object> listed = Result.Parse<object>(Reasons.MalformedSignature, () => Folder.Read(folder));
        if (listed.Value is not System.Collections.Immutable.ImmutableArray<FolderEntry> entries)
        {
            return [new BatchEntry(folder, Members: null) { Fault = listed.Finding!.Detail }];
        }

        string[] files = [.. entries.Where(entry => entry.Type != FileType.Folder && !IsFolder(folder, entry)).Select(entry => Path.Join(folder, entry.Name))];
        HashSet<string> used = new(StringComparer.Ordinal);
        List<BatchEntry> found = [];
        foreach (string file in files)
        {
            // In ordinal order a file comes before what is named after it, so a signature of a signature is none of the artefact.
            if (!used.Contains(file))
            {
                found.Add(new BatchEntry(file, Members: null));
                used.UnionWith(SignatureSearch.Found(new Subject(file) { Inputs = inputs }, format).Where(MediumAnswers.IsSignature));
            }
        }

        return found.Concat(entries.Where(entry => entry.Type == FileType.Folder).SelectMany(entry => Below(Path.Join(folder, entry.Name))));
    }

    private static bool IsFolder(string folder, FolderEntry entry) => entry.Type == FileType.Link && FileStatus.Of(Path.Join(folder, entry.Name)) == FileType.Folder;
}
