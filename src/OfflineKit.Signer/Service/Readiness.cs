using System.Collections.Immutable;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Keys;
using OfflineKit.Signer.Stores;
using OfflineKit.Signing;

namespace OfflineKit.Signer.Service;

/// <summary>Whether requests can be served: keys that sign, a store that writes, keys of the authority that are young enough, a clock that goes forward.</summary>
internal static class Readiness
{
    private static readonly byte[] Known = "offlinekit-signer readiness"u8.ToArray();

    /// <summary>What stands in the way; empty when nothing does.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(SignerParts parts, CancellationToken cancellation)
    {
        List<string> faults = [];
        if (!parts.AuthorityIsFresh)
        {
            faults.Add("the authority's keys are too old");
        }

        if (parts.ClockWentBack())
        {
            faults.Add("the clock went back");
        }

        if (parts.Journal.LastFailed)
        {
            faults.Add("the audit log could not be written");
        }

        try
        {
            ImmutableDictionary<string, KeyState> states = await parts.KeyStates.ReadAsync(cancellation).ConfigureAwait(false);
            _ = await parts.Replay.AddAsync([ReplayKey.Of("readiness", RequestIds.Of(given: null))], DateTimeOffset.MaxValue, TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(false);
            foreach (OpenedKey key in parts.Keys.All.Where(key => key.Objection(KeyRing.StateOf(key.Configuration, states), parts.Clock.GetUtcNow()) is null))
            {
                await parts.KnownAnswers.CheckAsync(key, Known, cancellation).ConfigureAwait(false);
            }
        }
        catch (StoreUnavailableException)
        {
            faults.Add("the store does not answer, or cannot remember");
        }
        catch (SigningException fault)
        {
            faults.Add($"a key does not sign: {fault.Finding.Reason.Code}");
        }

        return faults;
    }
}
