using System.Runtime.InteropServices;

namespace OfflineKit.Cli.Tests.Demands;

/// <summary>While it lives, what the program writes to its standard output and error goes nowhere.</summary>
internal sealed partial class MutedOutput : IDisposable
{
    private readonly TextWriter _output = Console.Out, _error = Console.Error;
    private readonly int _kept = Duplicate(1);

    public MutedOutput()
    {
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        using FileStream nowhere = File.OpenWrite("/dev/null");
        _ = Duplicate((int)nowhere.SafeFileHandle.DangerousGetHandle(), 1);
    }

    public void Dispose()
    {
        _ = Duplicate(_kept, 1);
        _ = Close(_kept);
        Console.SetOut(_output);
        Console.SetError(_error);
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
