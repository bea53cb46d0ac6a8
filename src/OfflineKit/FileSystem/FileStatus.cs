namespace OfflineKit.FileSystem;

/// <summary>What a name stands for.</summary>
internal enum FileType
{
    /// <summary>Nothing: there is no such name.</summary>
    Absent,

    /// <summary>A plain file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A link; of a name that was followed, one that leads to nothing.</summary>
    Link,

    /// <summary>A pipe, a socket or a device.</summary>
    Special,
}

/// <summary>Tells what is at a path. What cannot be seen is not absent: .NET's own questions answer "no" to both.</summary>
internal static class FileStatus
{
    // Of Linux and of macOS.
    private const int NoEntry = 2, AccessDenied = 13, NotAFolder = 20;

    // A name that is longer than the system allows is no file's: the same on Linux and macOS but for the number.
    private static readonly int NameTooLong = OperatingSystem.IsMacOS() ? 63 : 36;

    // A link that leads to itself is one that leads to nothing; one of the folders on the way hides what is behind it.
    private static readonly int TooManyLinks = OperatingSystem.IsMacOS() ? 62 : 40;

    /// <summary>Something is at <paramref name="path"/> that may be opened to be read: a file, a pipe, or a link, wherever it leads.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static bool IsFile(string path) => Of(path) is not (FileType.Absent or FileType.Folder);

    /// <summary><paramref name="path"/> leads to a folder.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static bool IsFolder(string path) => Of(path) == FileType.Folder;

    /// <summary>Nothing is at <paramref name="path"/>, not even a link that leads to nothing.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static bool IsAbsent(string path) => Of(path) == FileType.Absent;

    /// <summary>What <paramref name="path"/> leads to, links followed.</summary>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be looked into.</exception>
    /// <exception cref="IOException">Something else keeps it from being seen.</exception>
    public static FileType Of(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return FileType.Absent;
        }

        if (OperatingSystem.IsWindows())
        {
            return OfWindows(path, followed: FileType.Link);
        }

        FileType type = NativeFiles.Status(path, out int error);
        return type != FileType.Absent ? type : (error == TooManyLinks ? null : Answer(path, error)) ?? OfNameItself(path);
    }

    /// <summary>What <paramref name="path"/> itself is: a link is a link.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static FileType OfNameItself(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return FileType.Absent;
        }

        if (OperatingSystem.IsWindows())
        {
            return OfWindows(path, followed: null);
        }

        FileType type = NativeFiles.StatusOfNameItself(path, out int error);
        return type != FileType.Absent ? type : Answer(path, error) ?? FileType.Absent;
    }

    /// <summary>What tells this file from another, and from itself after any change; "absent" where nothing can be seen. Unlike size and time alone nobody can set all of it, but on Windows.</summary>
    public static string Stamp(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            return NativeFiles.Stamp(path) ?? "absent";
        }

        FileInfo file = new(Links.Final(path));
        return (int)file.Attributes == -1 ? "absent" : $"{file.FullName} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks} {file.CreationTimeUtc.Ticks}";
    }

    // Null: nothing is there.
    private static FileType? Answer(string path, int error) => error switch
    {
        NoEntry or NotAFolder => null,
        _ when error == NameTooLong => null,
        AccessDenied => throw new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
        _ => throw new IOException($"{NativeFiles.Message(error)} : '{path}'"),
    };

    private static FileType OfWindows(string path, FileType? followed)
    {
        FileInfo file = new(path);
        if ((int)file.Attributes == -1)
        {
            return FileType.Absent;
        }

        bool isLink = file.Attributes.HasFlag(FileAttributes.ReparsePoint) && NativeFiles.WindowsLinkTarget(file) is not null;
        return isLink && followed is null ? FileType.Link
            : file.Attributes.HasFlag(FileAttributes.Directory) ? FileType.Folder
            : isLink && !file.Exists ? FileType.Link : FileType.File;
    }
}
