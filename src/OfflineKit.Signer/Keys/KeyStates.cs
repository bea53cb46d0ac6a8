using System.Collections.Immutable;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Stores;

namespace OfflineKit.Signer.Keys;

/// <summary>What operators decided about keys since the configuration was written: kept in the store, read for each request, the same for every instance.</summary>
internal sealed class KeyStates(SqlStore store)
{
    /// <summary>The state that was decided for each of the keys with these ids; those of which nothing was decided are left out.</summary>
    public Task<ImmutableDictionary<string, KeyState>> ReadAsync(CancellationToken cancellation) => store.InTransactionAsync(
        session => session.Query("SELECT keyid, state FROM key_state", row => KeyValuePair.Create(row.GetString(0), Parse(row.GetString(1))))
            .ToImmutableDictionary(StringComparer.Ordinal),
        cancellation);

    /// <summary>Since when operators' decisions have had keys active.</summary>
    public Task<ImmutableDictionary<string, DateTimeOffset>> ActiveSinceAsync(CancellationToken cancellation) => store.InTransactionAsync(
        session => session.Query("SELECT keyid, since FROM key_state WHERE state = 'active'", row => KeyValuePair.Create(row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))))
            .ToImmutableDictionary(StringComparer.Ordinal),
        cancellation);

    /// <summary>The word of <paramref name="state"/> in the store and in answers.</summary>
    public static string WordOf(KeyState state) => state switch
    {
        KeyState.Pending => "pending",
        KeyState.Active => "active",
        KeyState.Retiring => "retiring",
        KeyState.Retired => "retired",
        _ => "revoked",
    };

    // A word that nobody here wrote is the strictest.
    private static KeyState Parse(string word) => word switch
    {
        "pending" => KeyState.Pending,
        "active" => KeyState.Active,
        "retiring" => KeyState.Retiring,
        "retired" => KeyState.Retired,
        _ => KeyState.Revoked,
    };
}
