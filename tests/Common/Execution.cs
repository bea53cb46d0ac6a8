using System.Diagnostics;

namespace OfflineKit.Testing;

/// <summary>One finished run of a program.</summary>
internal sealed record Execution(string Command, int ExitCode, string Stdout, string Stderr)
{
    /// <summary>Everything it said, for messages.</summary>
    public string Everything => $"$ {Command}\nexit {ExitCode}\n--- stdout\n{Stdout}\n--- stderr\n{Stderr}";

    /// <summary>Runs <paramref name="command"/>; standard input is <paramref name="stdin"/> or empty.</summary>
    /// <exception cref="TimeoutException">It did not end in <paramref name="seconds"/>.</exception>
    public static Execution Of(IReadOnlyList<string> command, string? folder = null, byte[]? stdin = null, int seconds = 30, string? configuration = null)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1))
        {
            WorkingDirectory = folder ?? Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new System.Text.UTF8Encoding(false),
            StandardErrorEncoding = new System.Text.UTF8Encoding(false),
        };
        // Never the configuration of whoever runs the tests.
        start.Environment["XDG_CONFIG_HOME"] = configuration ?? "/nonexistent/offlinekit-tests";
        start.Environment["XDG_DATA_HOME"] = configuration is null ? "/nonexistent/offlinekit-tests" : Path.Combine(configuration, "data");
        using Process process = Process.Start(start)!;
        Task<string> stdout = process.StandardOutput.ReadToEndAsync();
        Task<string> stderr = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(stdin ?? []);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input.
        }

        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"no answer in {seconds} s: {string.Join(' ', command)}");
        }

        process.WaitForExit();
        return new Execution(string.Join(' ', command), process.ExitCode, stdout.GetAwaiter().GetResult(), stderr.GetAwaiter().GetResult());
    }

    /// <summary>The tool is installed; otherwise the test that calls this is skipped.</summary>
    public static void Needs(string tool)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, tool))))
        {
            Assert.Skip($"{tool} is not installed");
        }
    }
}
