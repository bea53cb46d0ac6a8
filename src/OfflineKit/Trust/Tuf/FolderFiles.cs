using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;

namespace OfflineKit.Trust.Tuf;

/// <summary>A repository in a folder. Links are not followed: a bundle is files.</summary>
internal sealed class FolderFiles : ITufFiles
{
    private static readonly string[] Parts = ["metadata", "targets", "root_history"];

    private const int Deepest = 16;

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

        // Reading a pipe or a device would wait for ever.
        string path = Path.Join(_folder, name);
        if (FileStatus.OfNameItself(path) != FileType.File)
        {
            throw new MalformedException(TufReasons.Malformed, $"{name} is no plain file");
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
        List<string> names = [];
        foreach (FolderEntry entry in Folder.Read(folder))
        {
            bool isFile = entry.Type != FileType.Folder && entry.Name.EndsWith(".json", StringComparison.Ordinal);
            if (isFile || Parts.Contains(entry.Name, StringComparer.Ordinal))
            {
                Add(names, folder, entry, entry.Name);
            }
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static void Add(List<string> names, string folder, FolderEntry entry, string path)
    {
        if (entry.Type == FileType.Link)
        {
            throw new MalformedException(TufReasons.Malformed, $"{entry.Name} is a link");
        }

        if (entry.Type != FileType.Folder)
        {
            names.Add(path);
        }
        else if (path.Count('/') < Deepest)
        {
            foreach (FolderEntry inside in Folder.Read(Path.Join(folder, path)))
            {
                Add(names, folder, inside, $"{path}/{inside.Name}");
            }
        }

        if (names.Count > TufLimits.Files)
        {
            throw new MalformedException(TufReasons.TooLarge, $"more than {TufLimits.Files} files");
        }
    }
}
