using System.Diagnostics;
using OfflineKit.Testing;
using StackExchange.Redis;

namespace OfflineKit.Signer.Tests;

/// <summary>A Redis of a test's own, in a folder of its own.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signer-redis-").FullName;
    private Process? _process;

    public string Address { get; } = $"127.0.0.1:{StubServer.FreePort()}";

    public static async Task<RedisProcess> StartAsync(params string[] settings)
    {
        Execution.Needs("redis-server");
        RedisProcess redis = new();
        await redis.StartAgainAsync(settings);
        return redis;
    }

    /// <summary>Starts it, on what is left in its folder.</summary>
    public async Task StartAgainAsync(params string[] settings)
    {
        _process = OwnedServer.Start(new ProcessStartInfo(
            "redis-server", ["--bind", "127.0.0.1", "--port", Address.Split(':')[1], "--dir", _folder, "--save", "", "--appendonly", "yes", "--appendfsync", "no", "--loglevel", "warning", .. settings])
        { RedirectStandardOutput = true });
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Assert.Equal("PONG", await AskAsync("PING"));
                return;
            }
            catch (RedisException) when (attempt < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>What it answers.</summary>
    public async Task<string> AskAsync(string command, params object[] arguments)
    {
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync($"{Address},allowAdmin=true,connectTimeout=2000");
        return (await connection.GetDatabase().ExecuteAsync(command, arguments)).ToString();
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        OwnedServer.End(_process!);
        _process = null;
    }

    /// <summary>Everything that it knew is gone.</summary>
    public void Forget() => Directory.GetFileSystemEntries(_folder).ToList().ForEach(path => Directory.Delete(path, recursive: true));

    public ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            Kill();
        }

        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
