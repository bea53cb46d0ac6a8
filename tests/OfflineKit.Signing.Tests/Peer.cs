using System.Diagnostics;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>Programs that others wrote. One that is missing makes a skipped test, by name.</summary>
internal static class Peer
{
    public static (int Exit, string Output) Run(string folder, string program, string[] arguments, string input = "", params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(Needed(program), arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>Runs the program and wants success.</summary>
    public static string Must(string folder, string program, string[] arguments, string input = "")
    {
        (int exit, string output) = Run(folder, program, arguments, input);
        Assert.True(exit == 0, $"{program} {string.Join(' ', arguments)}: exit {exit}: {output}");
        return output;
    }

    /// <summary>offlinekit-sign itself: $OFFLINEKIT_SIGN, else as it was built beside this test.</summary>
    public static (int Exit, string Output) Sign(string folder, string[] arguments, string input = "", params (string Name, string Value)[] environment) =>
        Environment.GetEnvironmentVariable("OFFLINEKIT_SIGN") is { Length: > 0 } program
            ? Run(folder, Path.GetFullPath(program), arguments, input, environment)
            : Run(folder, "dotnet", [Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll"), .. arguments], input, environment);

    /// <summary>A server of our own that stands in for a service.</summary>
    public static string Server(params string[] name) => Repository.Path(["build", "peers", "servers", .. name]);

    /// <summary>Where <paramref name="program"/> is; skips the calling test when it is nowhere.</summary>
    public static string Needed(string program)
    {
        string[] folders = [Environment.GetEnvironmentVariable("PEERS") is { Length: > 0 } peers ? Path.Combine(peers, "bin") : "", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)];
        string? found = folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{program} is not installed (PEERS names a folder made by build/peers/peers.sh)");
        return found!;
    }
}

/// <summary>A folder that goes with its test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("offlinekit-signing-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    /// <summary>A program called <paramref name="name"/> that runs <paramref name="command"/> with the arguments it gets.</summary>
    public void Wrap(string name, string command)
    {
        Write(name, $"#!/bin/sh\nexec {command} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(this[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string[] Names => [.. Directory.EnumerateFiles(Path).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>Only its owner may read or write the file.</summary>
    public bool IsPrivate(string name) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(this[name]) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
