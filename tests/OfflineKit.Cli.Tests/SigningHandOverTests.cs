using System.Diagnostics;

namespace OfflineKit.Cli.Tests;

/// <summary><c>offlinekit sign …</c> becomes the program beside it: same arguments, same process, its exit code.</summary>
public sealed class SigningHandOverTests
{
    [Fact]
    public void The_program_beside_it_gets_every_argument_and_answers_with_its_own_exit_code()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "offlinekit does not hand over on Windows");
        string folder = Copy();
        string program = Path.Combine(folder, "offlinekit-sign");
        File.WriteAllText(program, "#!/bin/sh\nprintf '<%s>' \"$@\"\nexit 7\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Equal((7, "<sign><a b><--key><ü>"), Run(folder, "sign", "a b", "--key", "ü"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Without_that_program_the_error_says_so()
    {
        string folder = Copy();
        (int exit, string output) = Run(folder, "sign", "a");
        Assert.Equal(2, exit);
        Assert.Contains("offlinekit-sign", output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static string Copy()
    {
        string folder = Directory.CreateTempSubdirectory("offlinekit-hand-over-").FullName;
        string[] names = ["OfflineKit.Cli.runtimeconfig.json", "OfflineKit.Cli.deps.json", .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Select(file => Path.GetFileName(file))];
        foreach (string name in names)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(folder, name));
        }

        return folder;
    }

    private static (int Exit, string Output) Run(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(folder, "OfflineKit.Cli.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
