using System.Globalization;
using Microsoft.AspNetCore.Http;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signer.Stores;

namespace OfflineKit.Signer.Endpoints;

/// <summary>Lets a request through to the keys, or says which limit stands in its way; the answer's headers tell what is left.</summary>
/// <remarks>Source: the IETF draft of RateLimit header fields.</remarks>
internal sealed class QuotaGate(IQuotaStore store, HttpResponse response)
{
    /// <summary>A signature is counted ahead.</summary>
    /// <exception cref="RefusedException"><c>artifact_too_large</c>, <c>quota_…</c>, <c>quota_store_unavailable</c>.</exception>
    public async Task<Reservation> ReserveAsync(QuotaKey key, QuotaLimits limits, int payloadBytes, CancellationToken cancellation)
    {
        if (payloadBytes > limits.MaxArtifactBytes)
        {
            throw Problems.ArtifactTooLarge.Because($"a statement of {payloadBytes} bytes, the plan allows {limits.MaxArtifactBytes}");
        }

        QuotaDecision decision = await DecideAsync(key, limits, cancellation).ConfigureAwait(false);
        response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"daily\";q={limits.Daily};w=86400, \"rate\";q={limits.Qps};w=1");
        if (decision.Granted is { } granted)
        {
            response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"daily\";r={granted.Remaining}");
            return granted;
        }

        long seconds = (long)Math.Ceiling(decision.RetryAfter.TotalSeconds);
        response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{(decision.Limit == QuotaLimit.Daily ? "daily" : "rate")}\";r=0;t={Math.Max(1, seconds)}");
        throw (decision.Limit switch
        {
            QuotaLimit.Concurrency => Problems.QuotaConcurrency.Because($"{limits.Concurrency} requests of the plan are under way"),
            QuotaLimit.Rate => Problems.QuotaRate.Because($"more than {limits.Qps} requests a second"),
            _ => Problems.QuotaDaily.Because($"{limits.Daily} signatures were made today"),
        }).After(seconds);
    }

    private async Task<QuotaDecision> DecideAsync(QuotaKey key, QuotaLimits limits, CancellationToken cancellation)
    {
        try
        {
            return await store.ReserveAsync(key, limits, cancellation).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            throw Problems.QuotaStoreUnavailable.Because("quotas cannot be counted").After(5);
        }
    }
}
