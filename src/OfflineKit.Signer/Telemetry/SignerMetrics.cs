using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Service;
using OfflineKit.Signer.Signing;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signer.Telemetry;

/// <summary>What is counted and measured, under the meter <c>OfflineKit.Signer</c>. No label holds a token, a name of a file or anything else that a caller may choose freely, but for tenants, of which there are bounded many.</summary>
/// <remarks>Source: docs/signer/telemetry.md.</remarks>
internal sealed class SignerMetrics : IDisposable
{
    /// <summary>The name of meter and activity source.</summary>
    public const string Name = "OfflineKit.Signer";

    private const int MostTenants = 200, Unauthorized = 401;
    private readonly Meter _meter = new(Name);
    private readonly ConcurrentDictionary<string, bool> _tenants = new(StringComparer.Ordinal);
    private readonly Counter<long> _requests, _poe, _tokens, _quota, _keys, _releases;
    private readonly Histogram<double> _duration, _signing;
    private readonly Histogram<long> _size;
    private readonly UpDownCounter<long> _inFlight;
    private readonly LastSeen _last = new();
    private volatile SignerParts? _observed;

    /// <summary>The metrics of one service.</summary>
    public SignerMetrics()
    {
        _requests = _meter.CreateCounter<long>("signer_requests");
        _duration = _meter.CreateHistogram<double>("signer_request_duration", "s");
        _signing = _meter.CreateHistogram<double>("signer_sign_duration", "s");
        _poe = _meter.CreateCounter<long>("signer_poe_checks");
        _tokens = _meter.CreateCounter<long>("signer_token_rejections");
        _quota = _meter.CreateCounter<long>("signer_quota_rejections");
        _keys = _meter.CreateCounter<long>("signer_key_uses");
        _releases = _meter.CreateCounter<long>("signer_release_checks");
        _size = _meter.CreateHistogram<long>("signer_bundle_size", "By");
        _inFlight = _meter.CreateUpDownCounter<long>("signer_inflight_requests");
    }

    /// <summary>What is read when somebody asks: keys, audit log, age of the authority's keys, bypasses.</summary>
    public void Observe(SignerParts parts)
    {
        bool isFirst = _observed is null;
        _observed = parts;
        if (!isFirst)
        {
            return;
        }

        _meter.CreateObservableGauge("signer_keys", () => _observed!.Gauges.Keys());
        _meter.CreateObservableGauge("signer_key_not_after_timestamp", () => _observed!.Gauges.KeyEnds(), "s");
        _meter.CreateObservableGauge("signer_bypass_active", () => _observed!.Gauges.Bypasses());
        _meter.CreateObservableGauge("signer_audit_sequence", () => _observed!.Journal.Sequence);
        _meter.CreateObservableCounter("signer_audit_write_failures", () => _observed!.Journal.Failures);
        _meter.CreateObservableGauge("signer_key_rotation_age", () => _observed!.Gauges.KeyAges(), "s");
        _meter.CreateObservableGauge("signer_provider_queue_length", () => _observed!.Keys.Queues());
        _meter.CreateObservableGauge("signer_quota_remaining", _last.Remaining);
        _meter.CreateObservableGauge("signer_entitlement_age", _last.EntitlementAges, "s");
        _meter.CreateObservableGauge("signer_jwks_age", () => _observed!.AuthorityAge.TotalSeconds, "s");
    }

    /// <summary>A request begins.</summary>
    public void Begin() => _inFlight.Add(1);

    /// <summary>A request ended: everything that is counted follows from its facts.</summary>
    public void End(RequestFacts facts, RequestEnd end, TimeSpan elapsed)
    {
        _inFlight.Add(-1);
        string outcome = end.Outcome.ToString().ToLowerInvariant();
        _requests.Add(1, new TagList { { "endpoint", facts.Endpoint }, { "outcome", outcome }, { "code", end.Code } });
        _duration.Record(elapsed.TotalSeconds, new TagList { { "endpoint", facts.Endpoint }, { "mode", facts.Mode } });
        if (end.Status == Unauthorized || end.Code == Problems.InsufficientScope.Code)
        {
            _tokens.Add(1, new KeyValuePair<string, object?>("reason", end.Reason));
        }

        TakeRights(facts, end);
        _last.Take(facts, Known);
        foreach (MadeSignature signature in facts.Signatures)
        {
            _keys.Add(1, new TagList { { "key", signature.Key.Id[..12] }, { "provider", signature.Key.Source }, { "algorithm", signature.Key.PublicKey.Scheme.Label } });
            _signing.Record(facts.SigningTime.TotalSeconds, new TagList { { "mode", facts.Mode }, { "provider", signature.Key.Source } });
        }

        if (end.Outcome == AuditOutcome.Signed)
        {
            _size.Record(facts.BundleBytes);
        }
    }

    // A refusal of the entitlement is one by its code; everything else that was looked up stands in the facts.
    private void TakeRights(RequestFacts facts, RequestEnd end)
    {
        if (facts.Entitlement is { } known)
        {
            _poe.Add(1, new KeyValuePair<string, object?>("result", known.State.ToString().ToLowerInvariant()));
        }
        else if (end.Code.StartsWith("poe_", StringComparison.Ordinal))
        {
            _poe.Add(1, new KeyValuePair<string, object?>("result", end.Code == Problems.PoeUnavailable.Code ? "error" : "denied"));
        }

        if (facts.Scanner.Verdict.Length > 0)
        {
            _releases.Add(1, new TagList { { "source", facts.Scanner.Source }, { "result", facts.Scanner.Verdict } });
        }

        if (end.Code.StartsWith("quota_", StringComparison.Ordinal) && facts.Entitlement is { } limited)
        {
            _quota.Add(1, new TagList { { "tenant", Known(limited.Entitlement.Tenant) }, { "plan", limited.Entitlement.Plan }, { "limit", end.Code["quota_".Length..] } });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    // Beyond so many, tenants are one.
    private string Known(string tenant) => _tenants.ContainsKey(tenant) || (_tenants.Count < MostTenants && _tenants.TryAdd(tenant, true)) ? tenant : "other";
}
