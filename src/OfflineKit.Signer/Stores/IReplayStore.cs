using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Stores;

/// <summary>What may be used once: SHA-256(first ‖ 0x00 ‖ second), lower-case hex.</summary>
internal sealed record ReplayKey(string Hex)
{
    /// <summary>The key of two texts; the first has no NUL in it.</summary>
    public static ReplayKey Of(string first, string second) => new(Digest.Sha256([.. Utf8Text.Encode(first), 0, .. Utf8Text.Encode(second)]).Hex);
}

/// <summary>Remembers what was used, until it could not be used again anyway. Nothing is forgotten earlier: a full store refuses.</summary>
internal interface IReplayStore
{
    /// <summary>Remembers all of <paramref name="keys"/> for <paramref name="life"/>; they cannot have been used before <paramref name="earliest"/>.</summary>
    /// <returns>The first that was remembered already; null when all are new.</returns>
    /// <exception cref="StoreUnavailableException">Full, it does not answer, or it may have forgotten what was used since <paramref name="earliest"/>.</exception>
    Task<ReplayKey?> AddAsync(IReadOnlyList<ReplayKey> keys, DateTimeOffset earliest, TimeSpan life, CancellationToken cancellation);
}

/// <summary>The replay store in the database.</summary>
/// <param name="store">The database.</param>
/// <param name="capacity">How many keys it holds at a time.</param>
internal sealed class SqlReplayStore(SqlStore store, long capacity) : IReplayStore
{
    private const long ExpiryPause = 10_000;
    private long _expired, _count;

    /// <inheritdoc/>
    public async Task<ReplayKey?> AddAsync(IReadOnlyList<ReplayKey> keys, DateTimeOffset earliest, TimeSpan life, CancellationToken cancellation)
    {
        (bool isFull, ReplayKey? used) = await store.InTransactionAsync(session => Add(session, keys, life), cancellation).ConfigureAwait(false);
        return isFull ? throw new StoreUnavailableException("the replay store is full", new InvalidOperationException($"{capacity} keys")) : used;
    }

    private (bool IsFull, ReplayKey? Used) Add(SqlSession session, IReadOnlyList<ReplayKey> keys, TimeSpan life)
    {
        if (session.Milliseconds - Interlocked.Read(ref _expired) > ExpiryPause)
        {
            Interlocked.Exchange(ref _expired, session.Milliseconds);
            session.Execute("DELETE FROM replay WHERE expires < @now", ("@now", session.Milliseconds));
            Interlocked.Exchange(ref _count, session.Query("SELECT COUNT(*) FROM replay", row => row.GetInt64(0))[0]);
        }

        if (Interlocked.Read(ref _count) + keys.Count > capacity)
        {
            return (true, null);
        }

        long expires = session.Milliseconds + (long)life.TotalMilliseconds;
        foreach (ReplayKey key in keys)
        {
            if (session.Execute("INSERT INTO replay (key, expires) VALUES (@key, @expires) ON CONFLICT DO NOTHING", ("@key", key.Hex), ("@expires", expires)) == 0)
            {
                return (false, key);
            }

            Interlocked.Increment(ref _count);
        }

        return (false, null);
    }
}
