using System.Collections.Immutable;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Stores;

namespace OfflineKit.Signer.Keys;

/// <summary>What operators decide about a key: <c>pending → active → retiring → retired</c>, and from each of them <c>revoked</c>, which is final.</summary>
internal sealed class KeyDecisions(SqlStore store, KeyStates states, KeyRing keys)
{
    /// <summary>Carries out <paramref name="action"/>; every instance obeys from its next request on.</summary>
    /// <returns>The state that the key is in now.</returns>
    /// <exception cref="RefusedException"><c>not_found</c>, <c>operator_conflict</c>.</exception>
    public async Task<KeyState> DecideAsync(string id, string action, string reason, string by, CancellationToken cancellation)
    {
        OpenedKey key = keys.All.FirstOrDefault(key => string.Equals(key.Id, id, StringComparison.Ordinal)) ?? throw Problems.NotFound.Because("no profile has a key with this id");
        ImmutableDictionary<string, KeyState> decided = await states.ReadAsync(cancellation).ConfigureAwait(false);
        KeyState before = KeyRing.StateOf(key.Configuration, decided), next = Next(before, action);
        await store.InTransactionAsync(
            session => session.Execute(
                "INSERT INTO key_state (keyid, state, since, reason, operator) VALUES (@id, @state, @now, @reason, @by) ON CONFLICT (keyid) DO UPDATE SET state = @state, since = @now, reason = @reason, operator = @by",
                ("@id", id), ("@state", KeyStates.WordOf(next)), ("@now", session.Milliseconds), ("@reason", reason), ("@by", by)),
            cancellation).ConfigureAwait(false);
        return next;
    }

    private static KeyState Next(KeyState state, string action) => (state, action) switch
    {
        (KeyState.Pending, "activate") => KeyState.Active,
        (KeyState.Active, "retire") => KeyState.Retiring,
        (KeyState.Retiring, "retire") => KeyState.Retired,
        (not KeyState.Revoked, "revoke") => KeyState.Revoked,
        _ => throw Problems.OperatorConflict.Because($"a key that is {KeyStates.WordOf(state)} cannot be told to {action}"),
    };
}
