using Microsoft.Win32.SafeHandles;

namespace OfflineKit.Files;

/// <summary>Keeps every other process away from a document that is read, changed and written again.</summary>
/// <remarks>
/// Held by a file beside the document, since the document itself is replaced; it goes when the lock is let go, so nothing is left behind. Whoever
/// waited for a file that went meanwhile starts again with the next one. A crash leaves an empty file that the next run takes over.
/// </remarks>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly string _path;
    private readonly SafeFileHandle _file;

    private FileLock(string path, SafeFileHandle file) => (_path, _file) = (path, file);

    /// <summary>Takes the lock of the document <paramref name="path"/> leads to; its folder must exist.</summary>
    /// <exception cref="OutputException">Somebody else held it for all of <paramref name="patience"/>, or there can be no lock.</exception>
    public static FileLock OfDocument(string path, TimeSpan patience)
    {
        string place = PhysicalPath.Of(path);
        return Take(Path.Join(Path.GetDirectoryName(place), $".{Path.GetFileName(place)}.lock"), path, patience);
    }

    /// <summary>Takes the lock of everything in <paramref name="folder"/>, which must exist.</summary>
    /// <exception cref="OutputException">Somebody else held it for all of <paramref name="patience"/>, or there can be no lock.</exception>
    public static FileLock OfFolder(string folder, TimeSpan patience) => Take(Path.Join(PhysicalPath.Of(folder), ".lock"), folder, patience);

    /// <summary>Lets go.</summary>
    public void Dispose()
    {
        // Deleted while it is held: whoever opened it meanwhile sees that it no longer has its name. Windows deletes it itself.
        if (!OperatingSystem.IsWindows() && !_file.IsClosed && File.Exists(_path))
        {
            File.Delete(_path);
        }

        _file.Dispose();
    }

    private static FileLock Take(string path, string what, TimeSpan patience)
    {
        for (TimeSpan waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                if (TryTake(path) is { } taken)
                {
                    return taken;
                }
            }
            catch (Exception fault) when (FileFacts.IsOfSystem(fault))
            {
                throw new OutputException(OutputRefusal.Failed, $"{what} cannot be locked: {fault.Message}", fault);
            }

            if (waited >= patience)
            {
                throw new OutputException(OutputRefusal.InUse, $"{what} is in use by another process");
            }

            Thread.Sleep(Pause);
        }
    }

    private static FileLock? TryTake(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryTakeAlone(path);
        }

        SafeFileHandle file = FileFacts.OpenUnlocked(path);
        if (FileFacts.TryLock(file) && FileFacts.Names(path, file))
        {
            return new FileLock(path, file);
        }

        file.Dispose();
        return null;
    }

    private static FileLock? TryTakeAlone(string path)
    {
        const int sharingViolation = unchecked((int)0x80070020);
        try
        {
            return new FileLock(path, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose));
        }
        catch (IOException fault) when (fault.HResult == sharingViolation)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (File.Exists(path))
        {
            // It is about to vanish: its holder has just let go.
            return null;
        }
    }
}
