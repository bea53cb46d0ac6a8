using System.Runtime.InteropServices;
using OfflineKit.FileSystem;

namespace OfflineKit.Cli;

/// <summary><c>offlinekit sign …</c> becomes <c>offlinekit-sign sign …</c>: the same process, another program, so that this one needs no network code.</summary>
internal static unsafe partial class SigningHandOver
{
    private const string Name = "offlinekit-sign";

    /// <summary>Replaces this process by the program beside it; returns only when that fails.</summary>
    /// <exception cref="UsageException">The program is not there or does not start.</exception>
    public static int Execute(string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new UsageException("on Windows signing is a program of its own", $"run `{Name} sign …` instead of `offlinekit sign …`");
        }

        string program = Path.Combine(AppContext.BaseDirectory, Name);
        if (!FileStatus.IsFile(program))
        {
            throw new UsageException(
                $"signing needs the program {Name} beside offlinekit, and {program} does not exist", "install offlinekit-sign; offlinekit itself only verifies");
        }

        // execv wants a null after the last argument; what is allocated here goes with the process image.
        string[] all = [program, .. arguments];
        byte** argv = (byte**)NativeMemory.AllocZeroed((nuint)all.Length + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < all.Length; i++)
        {
            argv[i] = (byte*)Marshal.StringToCoTaskMemUTF8(all[i]);
        }

        _ = execv(argv[0], argv);
        throw new UsageException($"{program} does not start: error {Marshal.GetLastPInvokeError()} of the system", "check that it is an executable for this machine");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int execv(byte* path, byte** argv);
}
