using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>A repository in a folder. Links are not followed: a bundle is files.</summary>
public sealed class FolderFiles : ITufFiles
{
    private static readonly string[] Parts = ["metadata", "targets", "root_history"];

    private readonly string _folder;

    private FolderFiles(string folder, ImmutableArray<string> names) => (_folder, Names) = (folder, names);

    /// <inheritdoc/>
    public ImmutableArray<string> Names { get; }

    /// <summary>The files under <paramref name="folder"/>, or the finding that says why they are no bundle.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static Result<FolderFiles> Open(string folder) => Result.Parse(TufReasons.Malformed, () => new FolderFiles(folder, List(folder)));

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Read(string name, int limit)
    {
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            return null;
        }

        // Pipes and devices say that they are empty, and reading one would wait for ever: what is empty is not opened.
        string path = Path.Combine(_folder, name);
        if (new FileInfo(path).Length == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] content = new byte[Math.Min(stream.Length, (long)limit + 1)];
        int read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return read <= limit
            ? content.AsMemory(0, read)
            : throw new MalformedException(TufReasons.TooLarge, $"{name}: more than {limit} bytes");
    }

    // A git checkout holds much beside the repository; only what a bundle consists of is looked at.
    private static ImmutableArray<string> List(string folder)
    {
        EnumerationOptions everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, MaxRecursionDepth = 16 };
        EnumerationOptions flat = new() { AttributesToSkip = FileAttributes.None };
        DirectoryInfo root = new(folder);
        IEnumerable<FileSystemInfo> inside = root.EnumerateDirectories("*", flat).Where(child => Parts.Contains(child.Name, StringComparer.Ordinal))
            .SelectMany(child => child.LinkTarget is null ? child.EnumerateFileSystemInfos("*", everything) : [child]);
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (FileSystemInfo entry in root.EnumerateFiles("*.json", flat).Concat(inside))
        {
            if (entry.LinkTarget is not null)
            {
                throw new MalformedException(TufReasons.Malformed, $"{entry.Name} is a link");
            }

            if (entry is FileInfo)
            {
                names.Add(Path.GetRelativePath(folder, entry.FullName).Replace('\\', '/'));
            }

            if (names.Count > TufLimits.Files)
            {
                throw new MalformedException(TufReasons.TooLarge, $"more than {TufLimits.Files} files");
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names.DrainToImmutable();
    }
}
