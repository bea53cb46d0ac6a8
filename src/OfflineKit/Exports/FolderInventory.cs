using Microsoft.Win32.SafeHandles;
using OfflineKit.Archives;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;

namespace OfflineKit.Exports;

/// <summary>Lists a folder: its own walk, which follows no link, then hashing by several readers.</summary>
internal static class FolderInventory
{
    private const int Batch = 64;

    /// <summary>What <paramref name="folder"/> holds, read by <paramref name="readers"/> threads.</summary>
    /// <exception cref="MalformedException">Reasons <c>archive.*</c>, <c>export.unsafe-entry</c>.</exception>
    /// <exception cref="IOException">Something cannot be read.</exception>
    public static ExportInventory Of(string folder, int readers, EntryReading reading)
    {
        List<string> paths = Walk(folder);
        InventoryEntry?[] entries = new InventoryEntry?[paths.Count];
        int next = 0;
        ControlBudget budget = new();
        void ReadBatches()
        {
            EntryHasher hasher = new(budget, reading);
            for (int start = Interlocked.Add(ref next, Batch) - Batch; start < paths.Count; start = Interlocked.Add(ref next, Batch) - Batch)
            {
                for (int i = start; i < Math.Min(paths.Count, start + Batch); i++)
                {
                    entries[i] = ReadFile(folder, paths[i], hasher);
                }
            }
        }

        Task[] others = [.. Sequences.Range(1, Math.Max(0, Math.Min(readers, paths.Count / Batch) - 1)).Select(_ => Task.Run(ReadBatches))];
        ReadBatches();
        foreach (Task other in others)
        {
            other.GetAwaiter().GetResult();
        }

        int refused = Array.IndexOf(entries, null);
        return refused < 0
            ? new ExportInventory(folder, ExportContainer.Folder, entries!)
            : throw new MalformedException(ExportReasons.UnsafeEntry, $"\"{paths[refused]}\" is a link, a pipe, a socket or a device");
    }

    // Null: something that is no plain file.
    private static InventoryEntry? ReadFile(string folder, string path, EntryHasher hasher)
    {
        using SafeFileHandle? handle = PlainFile.Open(Path.Join(folder, path));
        return handle is null ? null : hasher.Read(path, new FileContent(handle));
    }

    // In ordinal order, so that whoever reads a report twice sees the same first failure.
    private static List<string> Walk(string folder)
    {
        List<(string Path, FileType Type)> found = [];
        Stack<string> folders = new([""]);
        while (folders.TryPop(out string? inside))
        {
            foreach (FolderEntry entry in Folder.Read(inside.Length == 0 ? folder : Path.Join(folder, inside)))
            {
                string path = inside.Length == 0 ? entry.Name : $"{inside}/{entry.Name}";
                found.Add((path, entry.Type));
                if (entry.Type == FileType.Folder)
                {
                    folders.Push(path);
                }

                if (found.Count > ExportLimits.Files || path.Count('/') > ExportLimits.Depth)
                {
                    throw new MalformedException(ArchiveReasons.TooLarge, $"more than {ExportLimits.Files} files and folders, or more than {ExportLimits.Depth} folders inside one another");
                }
            }
        }

        found.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return Files(found);
    }

    private static List<string> Files(List<(string Path, FileType Type)> found)
    {
        EntryNames names = new();
        List<string> files = new(found.Count);
        foreach ((string path, FileType type) in found)
        {
            switch (type)
            {
                case FileType.Link:
                    throw new MalformedException(ExportReasons.UnsafeEntry, $"\"{path}\" is a link");
                case FileType.Folder:
                    names.AddFolder(path);
                    break;
                default:
                    files.Add(names.AddFile(path));
                    break;
            }
        }

        return files;
    }

    private sealed class FileContent(SafeFileHandle handle) : EntryContent
    {
        private long _position;

        public override int Read(Span<byte> buffer)
        {
            int count = RandomAccess.Read(handle, buffer, _position);
            _position += count;
            return count;
        }
    }
}
