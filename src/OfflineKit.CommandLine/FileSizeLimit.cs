using System.Runtime.InteropServices;

namespace OfflineKit.CommandLine;

/// <summary>A limit of file size (<c>ulimit -f</c>) is an error of the write that meets it, as a full disk is.</summary>
internal static partial class FileSizeLimit
{
    private const int SizeLimitExceeded = 25, Ignore = 1;

    /// <summary>Turns the signal off that would end the process in the middle of a write and leave half a line. Windows has no such limit.</summary>
    public static void MeetAsError()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Signal(SizeLimitExceeded, Ignore);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint handler);
}
