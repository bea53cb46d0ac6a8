namespace OfflineKit.Files;

/// <summary>A file for what does not fit into memory while the program runs: nobody else can open it, and it goes with the program, however that ends.</summary>
/// <remarks>It lies where the system keeps temporary files (<c>TMPDIR</c>). On Linux and macOS it has no name any more once it is open.</remarks>
public static class ScratchFile
{
    /// <summary>A new, empty scratch file, for reading and writing.</summary>
    /// <param name="size">Bytes for which there must be room; 0: that shows when they are written.</param>
    /// <returns>Null where none can be made: no such folder, no right, no room.</returns>
    public static FileStream? Open(long size = 0)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            PreallocationSize = size,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        string path = Path.Combine(Path.GetTempPath(), ".offlinekit-" + Path.GetRandomFileName());
        try
        {
            FileStream file = new(path, options);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path);
            }

            return file;
        }
        catch (Exception fault) when (FileFacts.IsOfSystem(fault))
        {
            return null;
        }
    }
}
