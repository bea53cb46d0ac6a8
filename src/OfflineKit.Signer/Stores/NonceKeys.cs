using System.Collections.Immutable;
using System.Security.Cryptography;
using OfflineKit.Encoding;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Signer.Stores;

/// <summary>The keys of today's and yesterday's nonces: made by whichever instance needs one first, the same for all.</summary>
internal sealed class NonceKeys(SqlStore store)
{
    private const int SecretSize = 32;
    private ImmutableArray<NonceKey> _known = [];

    /// <summary>Today's key first, then yesterday's where there is one.</summary>
    /// <exception cref="StoreUnavailableException">The keys cannot be had.</exception>
    public async Task<ImmutableArray<NonceKey>> CurrentAsync(DateTimeOffset now)
    {
        long day = now.ToUnixTimeSeconds() / 86_400;
        ImmutableArray<NonceKey> known = _known;
        if (known.IsEmpty || known[0].Day != day)
        {
            known = await store.InTransactionAsync(session => Read(session, day), CancellationToken.None).ConfigureAwait(false);
            _known = known;
        }

        return known;
    }

    private static ImmutableArray<NonceKey> Read(SqlSession session, long day)
    {
        session.Execute("DELETE FROM nonce_key WHERE day < @day", ("@day", day - 1));
        session.Execute(
            "INSERT INTO nonce_key (day, secret) VALUES (@day, @secret) ON CONFLICT DO NOTHING", ("@day", day), ("@secret", StrictHex.Encode(RandomNumberGenerator.GetBytes(SecretSize))));
        return [.. session.Query(
            "SELECT day, secret FROM nonce_key WHERE day <= @day ORDER BY day DESC",
            row => new NonceKey(row.GetInt64(0), StrictHex.Decode(row.GetString(1), "nonce key")),
            ("@day", day))];
    }
}
