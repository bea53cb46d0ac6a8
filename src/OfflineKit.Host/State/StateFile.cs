using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Trust;

namespace OfflineKit.Host.State;

/// <summary>Reads what this machine remembers. What cannot be seen is not absent: whatever it holds, a revocation, a choice, the newest accepted version, would be lost without a word.</summary>
internal static class StateFile
{
    /// <summary>All of the file at <paramref name="path"/>; null where nothing is.</summary>
    /// <exception cref="MalformedException"><c>trust.state-damaged</c>: something is there that is no file, or it cannot be read.</exception>
    public static byte[]? Read(string path, int limit, string what) => Seen<byte[]?>(() => FileStatus.Of(path) switch
    {
        FileType.Absent => IsAbsent(path) ? null : throw new IOException($"{path} appeared while it was read"),
        FileType.File => InputFile.ReadAll(path, limit, what),
        _ => throw new MalformedException(StateReasons.Damaged, $"{what} {path} is no file"),
    });

    /// <summary>Nothing is at <paramref name="path"/>.</summary>
    /// <exception cref="MalformedException"><c>trust.state-damaged</c>: the way there is a link that leads to nothing (a medium that is not there), which says nothing of what is behind it.</exception>
    public static bool IsAbsent(string path)
    {
        for (string? part = path; part is not null && FileStatus.Of(part) is FileType.Absent or FileType.Link; part = Path.GetDirectoryName(part))
        {
            if (FileStatus.Of(part) == FileType.Link)
            {
                throw new MalformedException(StateReasons.Damaged, $"{part} is a link that leads to nothing, so nobody can see what is there");
            }
        }

        return FileStatus.IsAbsent(path);
    }

    /// <summary>What <paramref name="read"/> gives.</summary>
    /// <exception cref="MalformedException"><c>trust.state-damaged</c>: it cannot be read.</exception>
    public static T Seen<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new MalformedException(StateReasons.Damaged, $"it cannot be read: {fault.Message}");
        }
    }
}
