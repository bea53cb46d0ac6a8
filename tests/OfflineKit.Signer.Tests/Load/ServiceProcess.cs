using System.Diagnostics;
using System.Text.Json.Nodes;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>The program itself in the folder of a world, whose own service ends: <c>SIGNER_PROGRAM</c>, or what the tests were built with.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServiceProcess(Process process, Uri address, Uri operations) => (_process, Address, Operations) = (process, address, operations);

    public Uri Address { get; }

    public Uri Operations { get; }

    /// <summary>Processor time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What it holds in memory, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The next line that it says on standard error.</summary>
    public Task<string?> NextLineAsync() => _process.StandardError.ReadLineAsync();

    public static async Task<ServiceProcess> StartAsync(World world, Action<JsonObject> change, params (string Name, string Value)[] environment)
    {
        await world.EndAsync();
        world.Clock.Now = DateTimeOffset.UtcNow;
        JsonObject configuration = World.Configuration();
        change(configuration);
        Uri address = new($"http://127.0.0.1:{StubServer.FreePort()}");
        Uri operations = new($"http://127.0.0.1:{StubServer.FreePort()}");
        (configuration["listen"], configuration["operations"]) = (address.ToString(), operations.ToString());
        world.Write("signer.json", configuration.ToJsonString());
        string[] command = Environment.GetEnvironmentVariable("SIGNER_PROGRAM") is { } program ? [program] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signer.dll")];
        ProcessStartInfo start = new(command[0], [.. command.Skip(1), "run", world.FilePath("signer.json")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        environment.ToList().ForEach(pair => start.Environment[pair.Name] = pair.Value);
        Process process = Process.Start(start)!;
        Assert.StartsWith("serving at", await process.StandardOutput.ReadLineAsync() ?? await process.StandardError.ReadToEndAsync());
        return new ServiceProcess(process, address, operations);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, Execution.Of(["kill", "-TERM", $"{_process.Id}"]).ExitCode);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
