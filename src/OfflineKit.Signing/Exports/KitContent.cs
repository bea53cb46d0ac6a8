using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.FileSystem;

namespace OfflineKit.Signing.Exports;

/// <summary>What goes into a kit: the files of a folder, by name and digest.</summary>
internal static class KitContent
{
    private const int FileLimit = 1_000_000;
    private static readonly ImmutableArray<string> Reserved =
        [KitFormat.List, KitFormat.Statement, KitFormat.Minisign, KitFormat.Bundle, KitFormat.Instructions, KitFormat.Certificates];

    /// <summary>The file belongs to every kit and is on no list: the list itself, and its signatures.</summary>
    public static bool IsControl(string path) => path is KitFormat.List or KitFormat.Statement or KitFormat.Minisign or KitFormat.Bundle;

    /// <summary>The files in and below <paramref name="folder"/>, put below <paramref name="prefix"/>; listed as a receiver lists them.</summary>
    /// <exception cref="SigningException"><c>sign.unsuitable-subject</c>: a link, a pipe, or a name that a receiver would refuse.</exception>
    public static IEnumerable<KitFile> Below(string folder, string prefix)
    {
        if (!FileStatus.IsFolder(folder))
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"{folder} is no folder");
        }

        Result<ExportInventory> inventory = ExportSource.Folder(folder, Environment.ProcessorCount);
        if (inventory.Value is not { } there)
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"{folder}: {inventory.Finding!.Detail}: a kit cannot hold it");
        }

        return there.Files.Select(file => Reserved.Contains(prefix + file.Path, StringComparer.OrdinalIgnoreCase)
            ? throw SigningReasons.UnsuitableSubject.Refusal($"\"{file.Path}\" cannot be in a kit: the name belongs to the kit itself")
            : new KitFile(prefix + file.Path, file.Size, file.Sha256, () => PlainFile.OpenToRead(Path.Join(folder, file.Path))));
    }

    /// <summary>The files in the order of the list, no two of one name.</summary>
    public static ImmutableArray<KitFile> Sorted(IEnumerable<KitFile> files)
    {
        ImmutableArray<KitFile> sorted = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        IGrouping<string, KitFile>? twice = sorted.GroupBy(file => file.Path, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"{string.Join(" and ", twice.Select(file => file.Path))} differ only in capitals, or are both there");
        }

        return sorted.Length <= FileLimit ? sorted : throw SigningReasons.UnsuitableSubject.Refusal($"{sorted.Length} files, a kit holds at most {FileLimit}");
    }
}
