namespace OfflineKit.Release;

/// <summary>A file of an archive or package.</summary>
/// <param name="Name">Relative, with slashes.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="IsProgram">It may be executed.</param>
internal sealed record ReleaseEntry(string Name, ReadOnlyMemory<byte> Content, bool IsProgram)
{
    /// <summary>A symbolic link to this name instead of a file; null for a file.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>The permission bits: the same on every machine.</summary>
    public UnixFileMode Mode => Executable(IsProgram);

    /// <summary>A text file.</summary>
    public static ReleaseEntry Text(string name, string text) => new(name, System.Text.Encoding.UTF8.GetBytes(text), IsProgram: false);

    /// <summary>The file at <paramref name="path"/>.</summary>
    public static ReleaseEntry Of(string name, string path, bool isProgram) => new(name, File.ReadAllBytes(path), isProgram);

    /// <summary>A link.</summary>
    public static ReleaseEntry Link(string name, string target) => new(name, ReadOnlyMemory<byte>.Empty, IsProgram: false) { LinkTarget = target };

    private static UnixFileMode Executable(bool isProgram)
    {
        UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserWrite;
        return isProgram ? read | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : read;
    }
}
