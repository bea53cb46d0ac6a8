namespace OfflineKit.Signer.Quotas;

/// <summary>The generic cell rate algorithm: one number tells when the next cell would be on time. All in microseconds.</summary>
/// <remarks>Source: ITU-T I.371 annex A (virtual scheduling).</remarks>
internal static class Gcra
{
    /// <summary>The next arrival time after one more cell at <paramref name="now"/>, or how long to wait.</summary>
    /// <param name="arrival">The theoretical arrival time that is kept.</param>
    /// <param name="now">Now.</param>
    /// <param name="limits">Rate and burst.</param>
    public static (long Arrival, long Wait) Next(long arrival, long now, QuotaLimits limits)
    {
        long interval = 1_000_000L / limits.Qps, tolerance = limits.Burst * interval;
        long wait = arrival - tolerance - now;
        return wait > 0 ? (arrival, wait) : (Math.Max(now, arrival) + interval, 0);
    }
}
