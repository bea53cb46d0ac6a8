using StackExchange.Redis;

namespace OfflineKit.Signer.Stores.Redis;

/// <summary>The replay store in Redis, which all instances share. A server that would evict is refused with each key anew, not at start alone.</summary>
/// <param name="server">The server.</param>
/// <param name="clock">The clock of this instance.</param>
internal sealed class RedisReplayStore(RedisServer server, TimeProvider clock) : IReplayStore
{
    /// <inheritdoc/>
    public async Task<ReplayKey?> AddAsync(IReadOnlyList<ReplayKey> keys, DateTimeOffset earliest, TimeSpan life, CancellationToken cancellation)
    {
        RedisKey[] names = [RedisServer.Prefix + "runs", .. keys.Select(key => (RedisKey)(RedisServer.Prefix + "replay:" + key.Hex))];
        RedisResult said = await server.RunAsync(RedisScripts.Remember, names, [(long)life.TotalMilliseconds, clock.GetUtcNow().ToUnixTimeMilliseconds()]).ConfigureAwait(false);
        if (said.Length != names.Length)
        {
            throw RedisServer.Unavailable($"Redis: maxmemory-policy is \"{said}\", wanted noeviction");
        }

        for (int at = 0; at < keys.Count; at++)
        {
            if ((long)said[at] == 1)
            {
                return keys[at];
            }
        }

        // What may have been used while another run of the server remembered it is not known to be unused.
        return earliest.ToUnixTimeMilliseconds() >= (long)said[keys.Count] ? null : throw RedisServer.Unavailable("Redis began anew: what was used before is not known");
    }
}
