using OfflineKit.Encoding;
using OfflineKit.Signer.Configuration;
using StackExchange.Redis;

namespace OfflineKit.Signer.Stores.Redis;

/// <summary>Redis, for replay and quotas of several machines: every decision is one script, by the server's clock. What it cannot decide is refused.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    /// <summary>All keys have it in their names, so that they are together in a cluster too.</summary>
    public const string Prefix = "{offlinekit-signer}:";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConnectionMultiplexer _connection;

    private RedisServer(ConnectionMultiplexer connection) => _connection = connection;

    /// <summary>Connects, and looks at what the server does when it is full and when it starts anew.</summary>
    /// <exception cref="StoreUnavailableException">It does not answer, or would forget.</exception>
    public static async Task<RedisServer> OpenAsync(CacheConfiguration configuration)
    {
        try
        {
            RedisServer server = new(await ConnectionMultiplexer.ConnectAsync(Options(configuration)).ConfigureAwait(false));
            string info = await server.RunAsync(RedisScripts.Info, [], []).ConfigureAwait(false) is { IsNull: false } text ? text.ToString() : "";
            if (RedisDemands.Objection(info) is { } objection)
            {
                await server.DisposeAsync().ConfigureAwait(false);
                throw Unavailable(objection);
            }

            return server;
        }
        catch (RedisException fault)
        {
            throw new StoreUnavailableException($"Redis: {fault.Message}", fault);
        }
    }

    /// <summary>Runs <paramref name="script"/>, which is one step for everybody else.</summary>
    /// <exception cref="StoreUnavailableException">It did not run, or nobody knows whether it did.</exception>
    public async Task<RedisResult> RunAsync(string script, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return await _connection.GetDatabase().ScriptEvaluateAsync(script, keys, values).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new StoreUnavailableException($"Redis: {fault.Message}", fault);
        }
    }

    /// <summary>The server is not as it must be.</summary>
    public static StoreUnavailableException Unavailable(string why) => new(why, new InvalidOperationException(why));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // While there is no connection, requests are refused at once: nothing waits in a queue for an answer that comes too late.
    private static ConfigurationOptions Options(CacheConfiguration configuration)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(configuration.Connection);
        options.AbortOnConnectFail = true;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = options.SyncTimeout = (int)Patience.TotalMilliseconds;
        options.ClientName = "offlinekit-signer";
        if (configuration.PasswordFile is { } file)
        {
            options.Password = Utf8Text.Decode(InputFile.ReadAll(file, OfflineKit.Limits.KeyFile, "password"), "password").TrimEnd('\r', '\n');
        }

        return options;
    }
}
