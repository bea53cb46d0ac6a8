using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Signing.Exports;

/// <summary>One file that a kit lists.</summary>
/// <param name="Path">Relative, with / between parts.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of its content.</param>
/// <param name="Open">Opens it again from the start.</param>
internal sealed record KitFile(string Path, long Size, Digest Sha256, Func<Stream> Open)
{
    /// <summary>A file of the packer's own.</summary>
    public static KitFile Of(string path, byte[] content) => new(path, content.Length, Digest.Sha256(content), () => new MemoryStream(content, writable: false));
}

/// <summary>What goes into a kit: the files of a folder, by name and digest.</summary>
internal static class KitContent
{
    private const int PathLimit = 1024, FileLimit = 1_000_000;
    private static readonly ImmutableArray<string> Reserved = [KitFormat.List, KitFormat.Statement, KitFormat.Minisign, KitFormat.Bundle, KitFormat.Instructions];

    /// <summary>The files in and below <paramref name="folder"/>, put below <paramref name="prefix"/>.</summary>
    /// <exception cref="SigningException"><c>sign.unsuitable-subject</c>: a link, or a name that a receiver would refuse.</exception>
    public static IEnumerable<KitFile> Below(string folder, string prefix)
    {
        if (!Directory.Exists(folder))
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"{folder} is no folder");
        }

        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            string path = prefix + Path.GetRelativePath(folder, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (entry.LinkTarget is not null)
            {
                throw SigningReasons.UnsuitableSubject.Refusal($"{path} is a link: a kit holds only files");
            }

            if (entry is FileInfo file)
            {
                RefuseUnsafe(path);
                yield return Read(path, file.FullName);
            }
        }
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

        return sorted.Length is > 0 and <= FileLimit ? sorted : throw SigningReasons.UnsuitableSubject.Refusal($"{sorted.Length} files, wanted 1 to {FileLimit}");
    }

    private static KitFile Read(string path, string file)
    {
        using FileStream stream = File.OpenRead(file);
        using Artifact artifact = Artifact.FromStream(path, stream);
        artifact.Read(ReadingPlan.Of(DigestAlgorithm.Sha256));
        return new KitFile(path, artifact.Size, artifact.Digest(DigestAlgorithm.Sha256)!, () => File.OpenRead(file));
    }

    private static void RefuseUnsafe(string path)
    {
        bool plain = path.Length <= PathLimit && path.Split('/').All(part => part is not ("" or "." or "..") && part[^1] is not ('.' or ' '))
            && !path.Any(c => char.IsControl(c) || "\\:*?\"<>|".Contains(c, StringComparison.Ordinal));
        if (!plain || Reserved.Contains(path, StringComparer.OrdinalIgnoreCase))
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"\"{path}\" cannot be in a kit: {(plain ? "the name belongs to the kit itself" : "some receivers cannot hold a file of that name")}");
        }
    }
}
