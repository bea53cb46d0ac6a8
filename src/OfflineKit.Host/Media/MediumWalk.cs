using OfflineKit.Host.Results;
using System.Collections.Immutable;
using OfflineKit.Exports;
using OfflineKit.FileSystem;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Batches;

namespace OfflineKit.Host.Media;

/// <summary>Walks through a medium: everything on it becomes an item, folder by folder in ordinal order, and nothing is passed over.</summary>
/// <remarks>
/// Links are not followed, and what cannot be read or named is an item that says so. A whole (an export, an image layout) is asked about when its folder is
/// entered; one that is trusted speaks for its files, one that is refused only for itself, and its files are asked about one by one.
/// </remarks>
internal sealed class MediumWalk(MediumWholes wholes, Format? format, Inputs inputs)
{
    // Each whole is read from its first to its last byte: somebody who nests them may not make that grow without end.
    private const int MostNested = 4, Deepest = 256;

    private readonly HashSet<string> _covered = new(StringComparer.Ordinal);

    /// <summary>Everything at <paramref name="path"/>, which the user named: a link there is followed.</summary>
    public IEnumerable<MediumItem> Items(string path) => FileStatus.Of(path) switch
    {
        FileType.Folder => Below(path, depth: 0, refusedWholes: []),
        FileType.File => [new MediumItem(path) { Signatures = [.. SignatureSearch.Found(new Subject(path) { Inputs = inputs }, format)] }],
        FileType.Absent => [Said(path, UndecidedReasons.PathNotFound, $"{path} does not exist")],
        _ => [Said(path, UndecidedReasons.Usage, $"{path} is a pipe, a socket or a device")],
    };

    private IEnumerable<MediumItem> Below(string folder, int depth, ImmutableArray<string> refusedWholes)
    {
        (ImmutableArray<FolderEntry> entries, ImmutableArray<MediumItem> said) = List(folder, depth);
        foreach (MediumItem item in said)
        {
            yield return item;
        }

        if (refusedWholes.Length < MostNested && wholes.Of(folder, entries) is { } whole)
        {
            _covered.UnionWith(whole.Covered);
            refusedWholes = whole.IsRefused ? refusedWholes.Add(folder) : refusedWholes;
            yield return new MediumItem(folder) { Known = whole.Results };
        }

        string? refused = refusedWholes.IsEmpty ? null : refusedWholes[^1];
        foreach (MediumItem item in Files(folder, entries).Select(item => item with { RefusedWhole = refused }))
        {
            yield return item;
        }

        foreach (MediumItem item in entries.Where(entry => entry.Type == FileType.Folder).SelectMany(entry => Below(Path.Join(folder, entry.Name), depth + 1, refusedWholes)))
        {
            yield return item;
        }
    }

    private static (ImmutableArray<FolderEntry> Entries, ImmutableArray<MediumItem> Said) List(string folder, int depth)
    {
        if (depth > Deepest)
        {
            return ([], [Said(folder, UndecidedReasons.Usage, $"more than {Deepest} folders inside one another: what is in it was not looked at")]);
        }

        try
        {
            (ImmutableArray<FolderEntry> entries, ImmutableArray<string> unsayable) = Folder.ReadEach(folder);
            return (entries, [.. unsayable.Select(name => Said(Path.Join(folder, name), FileReasons.NameNotUtf8, $"{FileReasons.NameNotUtf8.Meaning}; what is there was not looked at"))]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ([], [Said(folder, UndecidedReasons.PathNotFound, $"the folder cannot be read, so nothing is known of what is in it: {fault.Message}")]);
        }
    }

    // In ordinal order a file comes before what is named after it, so a signature of a signature is none of the artefact.
    private IEnumerable<MediumItem> Files(string folder, ImmutableArray<FolderEntry> entries)
    {
        HashSet<string> plain = new(entries.Where(entry => entry.Type == FileType.File).Select(entry => Path.Join(folder, entry.Name)), StringComparer.Ordinal);
        HashSet<string> used = new(StringComparer.Ordinal);

        // A file that a whole speaks for is asked about again where it has a signature of its own, for which nobody spoke.
        HashSet<string> signed = new(plain.Where(path => !_covered.Contains(path)).SelectMany(path => SignatureNames.SignedBy(path, plain.Contains)), StringComparer.Ordinal);
        ImmutableArray<MediumItem> files =
        [
            .. from entry in entries
               let path = Path.Join(folder, entry.Name)
               let isCovered = _covered.Contains(path)
               where entry.Type != FileType.Folder && (!isCovered || signed.Contains(path))
               let item = plain.Contains(path) ? Item(path, plain) : Said(path, UndecidedReasons.LinkNotFollowed, entry.Type == FileType.Link ? "a link: links on a medium are not followed" : "a pipe, a socket or a device")
               where !isCovered || !item.Signatures.IsEmpty
               select item,
        ];
        foreach (MediumItem item in files)
        {
            if (!used.Contains(item.Path))
            {
                used.UnionWith(item.Signatures);
                yield return item;
            }
        }
    }

    private MediumItem Item(string path, HashSet<string> plain)
    {
        try
        {
            return new MediumItem(path) { Signatures = [.. SignatureSearch.Found(new Subject(path) { Inputs = inputs }, format).Where(found => plain.Contains(found) && !_covered.Contains(found))] };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Said(path, UndecidedReasons.PathNotFound, fault.Message);
        }
    }

    private static MediumItem Said(string path, Reason reason, string message) => new(path) { Known = [ResultLine.Undecided(new BatchEntry(path, Members: null), BatchResult.Error, reason, message)] };
}
