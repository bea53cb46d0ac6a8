namespace OfflineKit.Signer.Quotas;

/// <summary>How much a plan allows.</summary>
/// <param name="MaxArtifactBytes">The longest canonical payload.</param>
/// <param name="Qps">Signatures a second, on the long run.</param>
/// <param name="Burst">Signatures at once beyond that.</param>
/// <param name="Concurrency">Requests under way at a time.</param>
/// <param name="Daily">Signatures a day (UTC).</param>
internal sealed record QuotaLimits(int MaxArtifactBytes, int Qps, int Burst, int Concurrency, int Daily)
{
    /// <summary>The smaller of both in everything.</summary>
    public QuotaLimits And(QuotaLimits other) => new(
        Math.Min(MaxArtifactBytes, other.MaxArtifactBytes), Math.Min(Qps, other.Qps), Math.Min(Burst, other.Burst), Math.Min(Concurrency, other.Concurrency), Math.Min(Daily, other.Daily));

    /// <summary>Half of it, but never nothing: while entitlements cannot be asked about.</summary>
    public QuotaLimits Halved() => this with { Qps = Math.Max(1, Qps / 2), Burst = Math.Max(1, Burst / 2), Concurrency = Math.Max(1, Concurrency / 2), Daily = Math.Max(1, Daily / 2) };
}

/// <summary>Whose quota.</summary>
internal sealed record QuotaKey(string Tenant, string Plan);

/// <summary>A signature that is counted before it is made.</summary>
/// <param name="Id">Its random id.</param>
/// <param name="Key">Whose quota.</param>
/// <param name="Day">The day that it counts for, since 1970.</param>
/// <param name="Limits">The limits that it was granted under.</param>
/// <param name="Remaining">Signatures that are left of the day, this one taken off.</param>
internal sealed record Reservation(string Id, QuotaKey Key, long Day, QuotaLimits Limits, int Remaining)
{
    /// <summary>How long it holds unless it is renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>When the next day begins.</summary>
    public DateTimeOffset ResetsAt => DateTimeOffset.FromUnixTimeSeconds((Day + 1) * 86_400);
}

/// <summary>Which limit stands in the way.</summary>
internal enum QuotaLimit
{
    /// <summary>Requests under way.</summary>
    Concurrency,

    /// <summary>Signatures a second.</summary>
    Rate,

    /// <summary>Signatures a day.</summary>
    Daily,
}

/// <summary>A reservation, or which limit stands in its way and for how long; never both.</summary>
internal sealed record QuotaDecision(Reservation? Granted, QuotaLimit Limit, TimeSpan RetryAfter);

/// <summary>Counts signatures. All limits are looked at and moved in one atomic step, by the store's own clock.</summary>
internal interface IQuotaStore
{
    /// <summary>Counts one signature ahead, unless a limit stands in the way.</summary>
    Task<QuotaDecision> ReserveAsync(QuotaKey key, QuotaLimits limits, CancellationToken cancellation);

    /// <summary>Holds a reservation for another lease.</summary>
    Task RenewAsync(Reservation reservation, CancellationToken cancellation);

    /// <summary>The signature was made. False when the reservation lapsed meanwhile and the day is full: the signature must not leave.</summary>
    Task<bool> CommitAsync(Reservation reservation, CancellationToken cancellation);

    /// <summary>The signature was not made.</summary>
    Task GiveBackAsync(Reservation reservation, CancellationToken cancellation);
}
