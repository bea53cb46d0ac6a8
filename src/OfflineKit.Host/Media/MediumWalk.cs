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
internal sealed class MediumWalk(MediumWholes wholes, Format? format, Inputs inputs, IReadOnlySet<string> named)
{
    // Each whole is read from its first to its last byte: somebody who nests them may not make that grow without end.
    private const int MostNested = 4;

    private readonly HashSet<string> _covered = new(StringComparer.Ordinal);

    /// <summary>Everything at <paramref name="path"/>, which the user named: a link there is followed.</summary>
    public IEnumerable<MediumItem> Items(string path) => FileStatus.Of(path) switch
    {
        FileType.Folder => Below(path, depth: 0, refusedWholes: []),
        FileType.File => [new MediumItem(new FileFamily(path) { Signatures = SignatureSearch.Found(new Subject(path) { Inputs = inputs }, format) })],
        FileType.Absent => [MediumItem.Said(ListedFolder.Why(path, UndecidedReasons.PathNotFound, $"{path} does not exist"))],
        _ => [MediumItem.Said(ListedFolder.Why(path, UndecidedReasons.Usage, $"{path} is a pipe, a socket or a device"))],
    };

    private IEnumerable<MediumItem> Below(string folder, int depth, ImmutableArray<string> refusedWholes)
    {
        (ImmutableArray<FolderEntry> entries, ImmutableArray<BatchEntry> said) = ListedFolder.Of(folder, depth);
        foreach (MediumItem item in said.Select(MediumItem.Said))
        {
            yield return item;
        }

        if (refusedWholes.Length < MostNested && wholes.Of(folder, entries) is { } whole)
        {
            _covered.UnionWith(whole.Covered);
            refusedWholes = whole.IsRefused ? refusedWholes.Add(folder) : refusedWholes;
            yield return new MediumItem(new FileFamily(folder)) { Known = whole.Results };
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

    private ImmutableArray<MediumItem> Files(string folder, ImmutableArray<FolderEntry> entries)
    {
        HashSet<string> plain = new(entries.Where(entry => entry.Type == FileType.File).Select(entry => Path.Join(folder, entry.Name)), StringComparer.Ordinal);

        // A file that a whole speaks for is asked about again where it has a signature of its own, for which nobody spoke.
        HashSet<string> signed = new(plain.Where(path => !_covered.Contains(path)).SelectMany(path => SignatureNames.SignedBy(path, plain.Contains)), StringComparer.Ordinal);
        SignatureLookup lookup = new(format, inputs);
        foreach (FolderEntry entry in entries.Where(entry => entry.Type is not (FileType.Folder or FileType.File)))
        {
            string path = Path.Join(folder, entry.Name);
            if (!_covered.Contains(path))
            {
                lookup.Faults.Add(path, entry.Type == FileType.Link ? ListedFolder.Link(path) : ListedFolder.Why(path, UndecidedReasons.LinkNotFollowed, "a pipe, a socket or a device"));
            }
        }

        ImmutableArray<string> asked = [.. entries.Select(entry => Path.Join(folder, entry.Name)).Where(path => lookup.Faults.ContainsKey(path) || (plain.Contains(path) && (!_covered.Contains(path) || signed.Contains(path))))];
        return
        [
            .. from family in FileFamily.Of(asked, path => [.. lookup.Of(path).Where(found => plain.Contains(found) && !_covered.Contains(found))], named.Contains)
               let isCovered = _covered.Contains(family.Path)
               where !isCovered || !family.Signatures.IsEmpty || lookup.Faults.ContainsKey(family.Path)
               select lookup.Faults.TryGetValue(family.Path, out BatchEntry? fault) ? MediumItem.Said(fault) : new MediumItem(family) { IsCovered = isCovered },
        ];
    }
}
