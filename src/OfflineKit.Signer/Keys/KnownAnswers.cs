using System.Collections.Concurrent;
using OfflineKit.Formats.Dsse;
using OfflineKit.Signing;

namespace OfflineKit.Signer.Keys;

/// <summary>Has each key sign something harmless now and then: a key that cannot is found before a client finds it.</summary>
internal sealed class KnownAnswers(TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _held = new(StringComparer.Ordinal);

    /// <summary>The key signed and the signature verified within the last minutes, or it does now.</summary>
    /// <exception cref="SigningException">It does not.</exception>
    public async Task CheckAsync(OpenedKey key, ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_held.TryGetValue(key.Id, out DateTimeOffset last) && now - last < Pause && now >= last)
        {
            return;
        }

        // Under a payload type of its own, so that nobody can take it for a statement.
        await key.Key.SignMessageAsync(PreAuthenticationEncoding.Of("application/vnd.offlinekit.signer-readiness", text.Span), cancellation).ConfigureAwait(false);
        _held[key.Id] = now;
    }
}
