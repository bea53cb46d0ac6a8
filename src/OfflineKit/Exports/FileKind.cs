using System.Runtime.InteropServices;

namespace OfflineKit.Exports;

/// <summary>Tells files from pipes, sockets and devices without opening them: a pipe would wait for a writer for ever.</summary>
/// <remarks>.NET shows links and folders only. The function is the one by which .NET itself asks; the mode has been its second field since the first release.</remarks>
internal static unsafe partial class FileKind
{
    private const int TypeMask = 0xF000, Regular = 0x8000;

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct FileStatus
    {
        public int Flags;
        public int Mode;
    }

    /// <summary>There is a plain file at <paramref name="path"/>, not a link to one.</summary>
    public static bool IsRegular(string path)
    {
        FileStatus status;
        return OperatingSystem.IsWindows() || (LStat(path, &status) == 0 && (status.Mode & TypeMask) == Regular);
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LStat(string path, FileStatus* status);
}
