using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Keys;
using OfflineKit.Signer.Stores;

namespace OfflineKit.Signer.Telemetry;

/// <summary>What metrics tell of keys and bypasses, as of the last moment that the store was asked: a scrape waits for nothing.</summary>
internal sealed class Gauges(ImmutableArray<ProfileConfiguration> profiles, KeyStates states, Bypasses bypasses, TimeProvider clock)
{
    private ImmutableDictionary<string, KeyState> _states = ImmutableDictionary<string, KeyState>.Empty;
    private ImmutableDictionary<string, DateTimeOffset> _active = ImmutableDictionary<string, DateTimeOffset>.Empty;
    private ImmutableArray<Bypass> _bypasses = [];

    /// <summary>Asks the store; what it does not answer stays as it was.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        try
        {
            _states = await states.ReadAsync(cancellation).ConfigureAwait(false);
            _active = await states.ActiveSinceAsync(cancellation).ConfigureAwait(false);
            _bypasses = await bypasses.ReadAsync(cancellation).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // Readiness tells of the store.
        }
    }

    /// <summary>How many keys of each profile are in each state.</summary>
    public IEnumerable<Measurement<int>> Keys() =>
        from profile in profiles
        from state in Enum.GetValues<KeyState>()
        select new Measurement<int>(
            profile.Signers.Count(signer => KeyRing.StateOf(signer, _states) == state),
            new KeyValuePair<string, object?>("profile", profile.Name), new KeyValuePair<string, object?>("state", KeyStates.WordOf(state)));

    /// <summary>When the keys end that do.</summary>
    public IEnumerable<Measurement<long>> KeyEnds() => Signers.Where(signer => signer.NotAfter is not null)
        .Select(signer => new Measurement<long>(signer.NotAfter!.Value.ToUnixTimeSeconds(), new KeyValuePair<string, object?>("key", signer.Pinned.Fingerprint[..12])));

    /// <summary>How long keys have been signing, as far as that is known: since an operator activated them, or since their <c>notBefore</c>.</summary>
    public IEnumerable<Measurement<double>> KeyAges() =>
        from signer in Signers
        let since = _active.TryGetValue(signer.Pinned.Fingerprint, out DateTimeOffset decided) ? decided : signer.NotBefore
        where since is not null && KeyRing.StateOf(signer, _states) == KeyState.Active
        select new Measurement<double>((clock.GetUtcNow() - since.Value).TotalSeconds, new KeyValuePair<string, object?>("key", signer.Pinned.Fingerprint[..12]));

    private IEnumerable<SignerKeyConfiguration> Signers => profiles.SelectMany(profile => profile.Signers).DistinctBy(signer => signer.Pinned.Fingerprint, StringComparer.Ordinal);

    /// <summary>Bypasses that are in force, by kind.</summary>
    public IEnumerable<Measurement<int>> Bypasses() => Enum.GetValues<BypassKind>().Select(kind => new Measurement<int>(
        _bypasses.Count(bypass => bypass.Kind == kind && bypass.ConfirmedBy.Length > 0), new KeyValuePair<string, object?>("kind", kind.ToString().ToLowerInvariant())));
}
