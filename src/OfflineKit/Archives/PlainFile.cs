using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OfflineKit.Archives;

/// <summary>Opens files and nothing else: pipes, sockets, devices and links are told apart before they are opened, because a pipe would wait for a writer for ever.</summary>
/// <remarks>
/// .NET shows links and folders only, and takes two advisory locks on every file that it opens: a third of the time that a small file takes. The functions are those by which .NET
/// itself asks; mode and flags have had these places and values since they were first released.
/// </remarks>
internal static unsafe partial class PlainFile
{
    private const int TypeMask = 0xF000, Regular = 0x8000, Folder = 0x4000;
    private const int CloseOnExec = 0x10, NoFollow = 0x200;

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct FileStatus
    {
        public int Flags;
        public int Mode;
    }

    /// <summary>The plain file at <paramref name="path"/> for reading, or null when something else is there.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static SafeFileHandle? Open(string path)
    {
        FileStatus status;
        if (!OperatingSystem.IsWindows() && (LStat(path, &status) != 0 || (status.Mode & TypeMask) != Regular))
        {
            return null;
        }

        SafeFileHandle? handle = OperatingSystem.IsWindows() ? null : Open(path, CloseOnExec | NoFollow, mode: 0);
        if (handle is { IsInvalid: false })
        {
            return handle;
        }

        // .NET opens it as well, or says why it cannot be opened.
        handle?.Dispose();
        return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Whether <paramref name="path"/> leads to a pipe, a socket or a device; false for what cannot be looked at.</summary>
    public static bool IsSpecial(string path)
    {
        FileStatus status;
        return !OperatingSystem.IsWindows() && Stat(path, &status) == 0 && (status.Mode & TypeMask) is not (Regular or Folder);
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, FileStatus* status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LStat(string path, FileStatus* status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags, int mode);
}
