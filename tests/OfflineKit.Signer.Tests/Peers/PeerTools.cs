using System.Diagnostics;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>Programs by others: of the folder that PEERS names (build/peers/peers.sh), or installed (build/setup.sh peers). One that is missing makes a skipped test, by name.</summary>
internal static class PeerTools
{
    private static string[] Folders =>
    [
        .. Environment.GetEnvironmentVariable("PEERS") is { Length: > 0 } peers ? [Path.Combine(peers, "bin")] : Array.Empty<string>(),
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/usr/sbin",
    ];

    /// <summary>Where <paramref name="program"/> is.</summary>
    public static string Needed(string program)
    {
        string? found = Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{program} is not installed (PEERS names a folder made by build/peers/peers.sh; build/setup.sh peers installs)");
        return found!;
    }

    /// <summary>Runs it and wants success.</summary>
    public static string Must(string folder, string program, params string[] arguments)
    {
        Execution run = Execution.Of([Needed(program), .. arguments], folder);
        Assert.True(run.ExitCode == 0, run.Everything);
        return run.Stdout;
    }
}

/// <summary>A server by others, on loopback, ready when it answers at <paramref name="ready"/>.</summary>
internal sealed class PeerProcess(Process process) : IAsyncDisposable
{
    public static async Task<PeerProcess> StartAsync(Uri ready, string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(PeerTools.Needed(program), arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = OwnedServer.Start(start);
        _ = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using HttpClient http = new(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = Trust.Whoever } });
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(ready);
                return new PeerProcess(process);
            }
            catch (HttpRequestException) when (attempt < 300 && !errors.IsCompleted)
            {
                await Task.Delay(100);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        OwnedServer.End(process);
        return ValueTask.CompletedTask;
    }
}
