using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OfflineKit.Signing.Output;

/// <summary>Writes files that are complete or absent: aside, fsync, then one rename; never half, never over something by accident.</summary>
internal static partial class AtomicFile
{
    /// <summary>Writes a file that must not exist.</summary>
    /// <exception cref="SigningException"><c>sign.output-exists</c>, <c>sign.output-failed</c>; the directory is as before.</exception>
    public static void Create(string path, ReadOnlySpan<byte> content, UnixFileMode? mode) =>
        Written(path, content, mode, static (aside, target) =>
        {
            // A hard link fails when the name is taken, where a rename would replace it.
            File.Move(aside, target, overwrite: false);
        });

    /// <summary>Replaces the file as a whole; an existing file's mode is kept unless <paramref name="mode"/> is given.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode? mode)
    {
        // A symbolic link keeps pointing where it does: the file behind it is replaced.
        string target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        UnixFileMode? kept = mode ?? (!OperatingSystem.IsWindows() && File.Exists(target) ? File.GetUnixFileMode(target) : null);
        Written(target, content, kept, static (aside, final) => File.Move(aside, final, overwrite: true));
    }

    internal static SigningException Taken(string path) => SigningReasons.OutputExists.Refusal($"{path} exists");

    private static void Written(string path, ReadOnlySpan<byte> content, UnixFileMode? mode, Action<string, string> place)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw SigningReasons.OutputFailed.Refusal($"{path} names no file");
        string aside = Path.Combine(directory, $".{Path.GetFileName(path)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp");
        try
        {
            WriteAside(aside, content, mode);
            place(aside, Path.GetFullPath(path));
            SyncDirectory(directory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Deleting throws when the directory is missing, and would hide the cause.
            if (File.Exists(aside))
            {
                File.Delete(aside);
            }

            throw Path.Exists(path) && fault is IOException { HResult: 17 or unchecked((int)0x80070050) or unchecked((int)0x800700B7) }
                ? Taken(path)
                : new SigningException(SigningReasons.OutputFailed.Because($"{path}: {fault.Message}"), fault);
        }
    }

    private static void WriteAside(string aside, ReadOnlySpan<byte> content, UnixFileMode? mode)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is { } wanted)
        {
            options.UnixCreateMode = wanted;
        }

        using FileStream stream = new(aside, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Puts a new or another name in <paramref name="directory"/> on the disk: it is durable only when the directory is.</summary>
    internal static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = open(directory, 0);
        if (descriptor >= 0)
        {
            _ = fsync(descriptor);
            _ = close(descriptor);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
