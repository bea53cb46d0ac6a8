using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using OfflineKit.Signer.Http;

namespace OfflineKit.Signer.Service;

/// <summary>Bounds what one address may ask, before anybody is asked who they are: a flood costs a refusal each, and no signature is verified for it.</summary>
/// <param name="perSecond">Requests a second of one address; 0 counts nothing.</param>
internal sealed class AddressLimiter(int perSecond) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => perSecond == 0
        ? RateLimitPartition.GetNoLimiter(address)
        : RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 2 * perSecond,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    /// <summary>Lets the request of <paramref name="context"/> in.</summary>
    /// <exception cref="RefusedException"><c>quota_rate</c>.</exception>
    public void Admit(HttpContext context)
    {
        using RateLimitLease lease = _limiter.AttemptAcquire(context.Connection.RemoteIpAddress ?? IPAddress.None);
        if (!lease.IsAcquired)
        {
            throw Problems.QuotaRate.Because("too many requests of this address").After(1);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
