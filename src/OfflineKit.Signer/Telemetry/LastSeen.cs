using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Quotas;

namespace OfflineKit.Signer.Telemetry;

/// <summary>What the last request of each tenant told of its quota and its entitlement, by this instance. Tenants beyond the bound are one.</summary>
internal sealed class LastSeen
{
    private readonly ConcurrentDictionary<QuotaKey, int> _remaining = new();
    private readonly ConcurrentDictionary<string, double> _ages = new(StringComparer.Ordinal);

    /// <summary>Takes note of a request; <paramref name="label"/> names a tenant.</summary>
    public void Take(RequestFacts facts, Func<string, string> label)
    {
        if (facts.Entitlement is { } known)
        {
            _ages[label(known.Entitlement.Tenant)] = known.Age.TotalSeconds;
        }

        if (facts.Quota is { } quota)
        {
            _remaining[quota.Key with { Tenant = label(quota.Key.Tenant) }] = quota.Remaining;
        }
    }

    /// <summary>Signatures that are left of the day.</summary>
    public IEnumerable<Measurement<int>> Remaining() => _remaining.Select(pair => new Measurement<int>(
        pair.Value, new KeyValuePair<string, object?>("tenant", pair.Key.Tenant), new KeyValuePair<string, object?>("plan", pair.Key.Plan), new KeyValuePair<string, object?>("limit", "daily")));

    /// <summary>How old what is known of entitlements is.</summary>
    public IEnumerable<Measurement<double>> EntitlementAges() => _ages.Select(pair => new Measurement<double>(pair.Value, new KeyValuePair<string, object?>("tenant", pair.Key)));
}
