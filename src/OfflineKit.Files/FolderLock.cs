namespace OfflineKit.Files;

/// <summary>A folder that one process changes: made if it is not there, locked against every other process, and gone again if nothing was accepted into it.</summary>
public sealed class FolderLock : IDisposable
{
    private readonly Disk _disk;
    private readonly IReadOnlyList<string> _made;
    private readonly FileLock _lock;

    private FolderLock(Disk disk, IReadOnlyList<string> made, FileLock held) => (_disk, _made, _lock) = (disk, made, held);

    /// <summary>Takes the lock of <paramref name="folder"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">Another process has it, there can be no lock, or a link on the way leads to nothing: what is kept behind it cannot be seen, and another folder in its place would be empty.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static FolderLock Take(string folder, Disk disk)
    {
        RefuseUnseen(folder);
        string place = PhysicalPath.Of(folder);
        List<string> missing = [];
        for (string? part = place; part is not null && !Directory.Exists(part); part = Path.GetDirectoryName(part))
        {
            missing.Add(part);
        }

        disk.MakeFolder(place);
        return new FolderLock(disk, missing, FileLock.OfFolder(place, patience: TimeSpan.Zero));
    }

    private static void RefuseUnseen(string folder)
    {
        for (string? part = Path.TrimEndingDirectorySeparator(folder); !string.IsNullOrEmpty(part) && !Directory.Exists(part); part = Path.GetDirectoryName(part))
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                throw new OutputException(OutputRefusal.Failed, $"{part} is a link that leads to nothing");
            }
        }
    }

    /// <summary>Lets go. A folder that was made for nothing goes.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        foreach (string folder in _made.Where(folder => Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            _disk.Remove(folder);
        }
    }
}
