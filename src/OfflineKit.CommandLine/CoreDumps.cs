using System.Runtime.InteropServices;

namespace OfflineKit.CommandLine;

/// <summary>A crash writes no memory to the disk: passwords, keys and tokens could be in it.</summary>
internal static partial class CoreDumps
{
    private const int SetDumpable = 4, CoreSize = 4;

    /// <summary>Turns core dumps off for this process, and keeps other processes of the same user out of its memory. Windows writes none by itself.</summary>
    public static void TurnOff()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Also where a program takes the dumps through a pipe, which asks no limit of size.
        if (OperatingSystem.IsLinux())
        {
            _ = ProcessControl(SetDumpable, 0, 0, 0, 0);
        }

        Limit none = default;
        _ = SetLimit(CoreSize, ref none);
    }

    private struct Limit
    {
        public ulong Current;
        public ulong Maximum;
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_SetRLimit")]
    private static partial int SetLimit(int resource, ref Limit limit);
}
