using System.IO.Enumeration;
using Microsoft.Win32.SafeHandles;
using OfflineKit.Archives;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>Lists a folder: its own walk, which follows no link, then hashing by several readers.</summary>
internal static class FolderInventory
{
    private const int Batch = 64;

    /// <summary>What <paramref name="folder"/> holds, read by <paramref name="readers"/> threads.</summary>
    /// <exception cref="MalformedException">Reasons <c>archive.*</c>, <c>export.unsafe-entry</c>.</exception>
    /// <exception cref="IOException">Something cannot be read.</exception>
    public static ExportInventory Of(string folder, int readers)
    {
        string[] paths = [.. Walk(folder)];
        InventoryEntry[] entries = new InventoryEntry[paths.Length];
        int next = 0;
        ControlBudget budget = new();
        void ReadBatches()
        {
            EntryHasher hasher = new(budget);
            for (int start = Interlocked.Add(ref next, Batch) - Batch; start < paths.Length; start = Interlocked.Add(ref next, Batch) - Batch)
            {
                for (int i = start; i < Math.Min(paths.Length, start + Batch); i++)
                {
                    entries[i] = ReadFile(folder, paths[i], hasher);
                }
            }
        }

        Task[] others = [.. Enumerable.Range(1, Math.Max(0, Math.Min(readers, paths.Length / Batch) - 1)).Select(_ => Task.Run(ReadBatches))];
        ReadBatches();
        foreach (Task other in others)
        {
            other.GetAwaiter().GetResult();
        }

        return new ExportInventory(folder, ExportContainer.Folder, entries);
    }

    private static InventoryEntry ReadFile(string folder, string path, EntryHasher hasher)
    {
        string full = Path.Join(folder, path);
        using SafeFileHandle handle = FileKind.IsRegular(full)
            ? File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            : throw new MalformedException(ExportReasons.UnsafeEntry, $"\"{path}\" is a link, a pipe, a socket or a device");
        return hasher.Read(path, new FileContent(handle));
    }

    // In ordinal order, so that whoever reads a report twice sees the same first failure.
    private static List<string> Walk(string folder)
    {
        EntryNames names = new();
        List<string> files = [];
        FileSystemEnumerable<(string Path, FileAttributes Attributes)> all = new(
            folder, (ref FileSystemEntry entry) => (entry.ToSpecifiedFullPath(), entry.Attributes), Everything())
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        int root = Path.EndsInDirectorySeparator(folder) ? folder.Length : folder.Length + 1;
        foreach ((string full, FileAttributes attributes) in all)
        {
            string path = full[root..].Replace(Path.DirectorySeparatorChar, '/');
            if (attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                throw new MalformedException(ExportReasons.UnsafeEntry, $"\"{path}\" is a link");
            }

            if (attributes.HasFlag(FileAttributes.Directory))
            {
                names.AddFolder(path);
            }
            else
            {
                files.Add(names.AddFile(path));
            }

            if (files.Count > ExportLimits.Files || path.Count('/') > ExportLimits.Depth)
            {
                throw new MalformedException(ArchiveReasons.TooLarge, $"more than {ExportLimits.Files} files, or more than {ExportLimits.Depth} folders inside one another");
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static EnumerationOptions Everything() => new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.None,
        ReturnSpecialDirectories = false,
    };

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
