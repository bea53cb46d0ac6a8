namespace OfflineKit.Signing.Services;

/// <summary>A token and when it ends; never shown.</summary>
internal sealed record BearerToken(string Value, DateTimeOffset Expires)
{
    /// <inheritdoc/>
    public override string ToString() => "(a token)";
}

/// <summary>Keeps one token for all requests and gets the next one when it is about to end.</summary>
internal sealed class TokenStore(TimeProvider clock, Func<CancellationToken, Task<BearerToken>> fetch) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private BearerToken? _token;

    /// <summary>A token that lasts for the next request.</summary>
    public async Task<string> GetAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_token is null || _token.Expires - Margin < clock.GetUtcNow())
            {
                _token = await fetch(cancellation).ConfigureAwait(false);
            }

            return _token.Value;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
