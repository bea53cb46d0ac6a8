using OfflineKit.Signer.Stores;

namespace OfflineKit.Signer.Quotas;

/// <summary>Holds a reservation while a key takes its time; whoever dies stops renewing, and the reservation lapses.</summary>
internal sealed class LeaseRenewal : IAsyncDisposable
{
    private readonly ITimer _timer;

    /// <summary>Renews <paramref name="reservation"/> until it is disposed.</summary>
    public LeaseRenewal(IQuotaStore store, Reservation reservation, TimeProvider clock) =>
        _timer = clock.CreateTimer(_ => _ = RenewAsync(store, reservation), state: null, Reservation.Lease / 3, Reservation.Lease / 3);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private static async Task RenewAsync(IQuotaStore store, Reservation reservation)
    {
        try
        {
            await store.RenewAsync(reservation, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // The commit will find out, and refuses if the day is full by then.
        }
    }
}
