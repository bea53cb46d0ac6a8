using System.Collections.Immutable;
using System.Text;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;

namespace OfflineKit.Host.State;

/// <summary>By what a change of the trust that this machine keeps is noticed without reading it: the names, sizes and times of change of all its files.</summary>
internal static class MachineStamp
{
    /// <summary>The stamp of the user's choices and keys, and of the imported trust at <paramref name="place"/> (null: where this user keeps it), and of what <paramref name="machine"/> decides.</summary>
    public static string Of(Machine machine, string? place)
    {
        StringBuilder stamp = new();
        if (TrustChoices.FilePath() is { } choices)
        {
            Add(stamp, new FileInfo(choices));
        }

        foreach (string folder in new[] { UserRoots.OfThisUser()?.Folder, TrustState.DefaultOrNull(place)?.Path, machine.Folder }.OfType<string>())
        {
            AddFolder(stamp, folder);
        }

        return stamp.ToString();
    }

    // What cannot be seen is told by whoever opens it; here it only differs from what can.
    private static void AddFolder(StringBuilder stamp, string folder)
    {
        try
        {
            Result<object> listed = Result.Parse<object>(Reasons.MalformedTrust, () => FileStatus.Of(folder) == FileType.Folder ? Folder.Read(folder) : ImmutableArray<FolderEntry>.Empty);
            stamp.Append(listed.Finding?.Detail);
            foreach (FolderEntry entry in listed.Value as ImmutableArray<FolderEntry>? ?? [])
            {
                string path = Path.Join(folder, entry.Name);
                if (entry.Type == FileType.Folder)
                {
                    AddFolder(stamp, path);
                }
                else
                {
                    Add(stamp, new FileInfo(path));
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            stamp.Append(fault.Message).Append('\n');
        }
    }

    private static void Add(StringBuilder stamp, FileInfo file)
    {
        stamp.Append(file.FullName);
        if (file.Exists)
        {
            stamp.Append(' ').Append(file.Length).Append(' ').Append(file.LastWriteTimeUtc.Ticks);
        }

        stamp.Append('\n');
    }
}
