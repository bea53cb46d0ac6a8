using System.Text;

namespace OfflineKit.Host.State;

/// <summary>By what a change of the trust that this machine keeps is noticed without reading it: the names, sizes and times of change of all its files.</summary>
internal static class MachineStamp
{
    /// <summary>The stamp of the user's choices and keys, and of the imported trust at <paramref name="place"/> (null: where this user keeps it).</summary>
    public static string Of(string? place)
    {
        StringBuilder stamp = new();
        if (TrustChoices.FilePath() is { } choices)
        {
            Add(stamp, new FileInfo(choices));
        }

        foreach (string folder in new[] { UserRoots.OfThisUser()?.Folder, TrustState.DefaultOrNull(place)?.Path }.OfType<string>().Where(Directory.Exists))
        {
            foreach (string file in FileSystem.Folder.FilesBelow(folder))
            {
                Add(stamp, new FileInfo(Path.Join(folder, file)));
            }
        }

        return stamp.ToString();
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
