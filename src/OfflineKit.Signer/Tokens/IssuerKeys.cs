using OfflineKit.Encoding;
using OfflineKit.Signer.Http;
using OfflineKit.Signing;

namespace OfflineKit.Signer.Tokens;

/// <summary>The pinned keys of one issuer: read at start, read again when an unknown one is named, never trusted beyond their age.</summary>
/// <param name="source">Where they come from.</param>
/// <param name="maxAge">The age from which nothing is verified with them.</param>
/// <param name="clock">The clock.</param>
internal sealed class IssuerKeys(KeySetSource source, TimeSpan maxAge, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private (PinnedKeys Keys, DateTimeOffset Since)? _known;
    private DateTimeOffset _asked = DateTimeOffset.MinValue;

    /// <summary>How old the keys are.</summary>
    public TimeSpan Age => _known is { } known ? clock.GetUtcNow() - known.Since : TimeSpan.MaxValue;

    /// <summary>They are young enough to be used.</summary>
    public bool AreFresh => Age <= maxAge;

    /// <summary>Reads the keys.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        _asked = clock.GetUtcNow();
        _known = await source.ReadAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The key that a token names, or null when the issuer has none such.</summary>
    /// <exception cref="RefusedException"><c>signer_unavailable</c>: the keys are too old to decide anything.</exception>
    public async Task<PinnedKey?> FindAsync(string id, string algorithm, CancellationToken cancellation)
    {
        if (!AreFresh || _known!.Value.Keys.Find(id, algorithm) is null)
        {
            await ReadAgainAsync(cancellation).ConfigureAwait(false);
        }

        return AreFresh
            ? _known!.Value.Keys.Find(id, algorithm)
            : throw Problems.SignerUnavailable.Because("the issuer's keys are too old to verify anything with them").After(60);
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    // One at a time, and not more often than once a minute: tokens with invented ids cost the issuer nothing.
    private async Task ReadAgainAsync(CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (clock.GetUtcNow() - _asked >= Pause)
            {
                await ReadAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is MalformedException or IOException or UnauthorizedAccessException or SigningException or UsageException)
        {
            // The keys that are known stay, for as long as they are fresh.
        }
        finally
        {
            _reading.Release();
        }
    }
}
