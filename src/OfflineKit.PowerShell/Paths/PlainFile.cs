using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OfflineKit.PowerShell;

/// <summary>Files that end: to read a pipe may take for ever, and so may to open one.</summary>
internal static class PlainFile
{
    // open(2): read, never wait for a writer, leave nothing open to a child.
    private const int LinuxFlags = 0x800 | 0x80000, MacFlags = 0x4 | 0x1000000;

    /// <summary>Opens the file <paramref name="path"/> for reading.</summary>
    /// <exception cref="IOException">It is no plain file, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static FileStream Open(string path)
    {
        FileStream file = ExactName.IsUnix ? OpenUnix(path) : File.OpenRead(path);
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new IOException($"{path} is a pipe or a device, which may have no end");
        }

        return file;
    }

    private static FileStream OpenUnix(string path)
    {
        SafeFileHandle handle = OpenDescriptor(path, RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? MacFlags : LinuxFlags);
        if (handle.IsInvalid)
        {
            // What cannot be opened has no writer to wait for, and .NET says why.
            handle.Dispose();
            return File.OpenRead(path);
        }

        return new FileStream(handle, FileAccess.Read);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle OpenDescriptor([MarshalAs(UnmanagedType.LPStr)] string path, int flags);
}
