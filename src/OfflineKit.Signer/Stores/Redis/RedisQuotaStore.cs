using System.Security.Cryptography;
using OfflineKit.Encoding;
using OfflineKit.Signer.Quotas;
using StackExchange.Redis;

namespace OfflineKit.Signer.Stores.Redis;

/// <summary>Quotas in Redis: each decision is one script, by the server's clock; reservations lapse with their lease, whoever died.</summary>
internal sealed class RedisQuotaStore(RedisServer server) : IQuotaStore
{
    /// <inheritdoc/>
    public async Task<QuotaDecision> ReserveAsync(QuotaKey key, QuotaLimits limits, CancellationToken cancellation)
    {
        string id = StrictHex.Encode(RandomNumberGenerator.GetBytes(16));
        RedisResult said = await server.RunAsync(
            RedisScripts.Reserve, Names(key), [id, (long)Reservation.Lease.TotalMilliseconds, limits.Concurrency, limits.Qps, limits.Burst, limits.Daily]).ConfigureAwait(false);
        long limit = (long)said[0];
        return limit < 0
            ? new QuotaDecision(new Reservation(id, key, (long)said[2], limits, (int)said[3]), default, TimeSpan.Zero)
            : new QuotaDecision(null, (QuotaLimit)limit, TimeSpan.FromMicroseconds((long)said[1]));
    }

    /// <inheritdoc/>
    public Task RenewAsync(Reservation reservation, CancellationToken cancellation) =>
        server.RunAsync(RedisScripts.Renew, Names(reservation.Key), [reservation.Id, reservation.Day, (long)Reservation.Lease.TotalMilliseconds]);

    /// <inheritdoc/>
    public async Task<bool> CommitAsync(Reservation reservation, CancellationToken cancellation) =>
        (long)await server.RunAsync(RedisScripts.Commit, Names(reservation.Key), [reservation.Id, reservation.Day, reservation.Limits.Daily]).ConfigureAwait(false) == 1;

    /// <inheritdoc/>
    public Task GiveBackAsync(Reservation reservation, CancellationToken cancellation) =>
        server.RunAsync(RedisScripts.GiveBack, Names(reservation.Key), [reservation.Id, reservation.Day]);

    // A tenant's name has no slash.
    private static RedisKey[] Names(QuotaKey key) => [$"{RedisServer.Prefix}quota:{key.Tenant}/{key.Plan}", $"{RedisServer.Prefix}leases:{key.Tenant}/{key.Plan}"];
}
