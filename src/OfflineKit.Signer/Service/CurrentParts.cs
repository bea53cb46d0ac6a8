namespace OfflineKit.Signer.Service;

/// <summary>What the service is made of at the moment: a request keeps what it began with, the next one gets what is there by then.</summary>
internal sealed class CurrentParts(SignerParts first, TimeSpan drain) : IAsyncDisposable
{
    private readonly List<Task> _ending = [];
    private readonly CancellationTokenSource _end = new();
    private volatile SignerParts _value = first;

    /// <summary>The parts that a request which begins now gets.</summary>
    public SignerParts Value => _value;

    /// <summary>Puts <paramref name="next"/> in their place; the old ones end when the requests that use them have had their time.</summary>
    public void Replace(SignerParts next)
    {
        SignerParts before = _value;
        next.OperationsPort = before.OperationsPort;
        _value = next;
        _ending.Add(EndAsync(before));
    }

    /// <summary>Ends everything, now that no request is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_ending).ConfigureAwait(false);
        await _value.DisposeAsync().ConfigureAwait(false);
        _value.Metrics.Dispose();
        _end.Dispose();
    }

    private async Task EndAsync(SignerParts parts)
    {
        await Task.Delay(drain, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await parts.DisposeAsync().ConfigureAwait(false);
    }
}
