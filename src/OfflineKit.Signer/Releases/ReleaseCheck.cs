using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OfflineKit.Signer.Releases;

/// <summary>Asks the sources in their order until one trusts the image. One that found something false makes a later trust ambiguous, and ambiguous is refused.</summary>
/// <param name="sources">The sources, in the configured order.</param>
/// <param name="clock">The clock.</param>
internal sealed class ReleaseCheck(ImmutableArray<ReleaseSource> sources, TimeProvider clock) : IDisposable
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Trusted = TimeSpan.FromHours(24), Refused = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, ReleaseVerdict> _known = new(StringComparer.Ordinal);

    /// <summary>Is there any source?</summary>
    public bool HasSources => !sources.IsEmpty;

    /// <summary>The verdict on <paramref name="digest"/>, <c>sha256:HEX</c>.</summary>
    /// <exception cref="Http.RefusedException"><c>release_check_unavailable</c>.</exception>
    public async Task<ReleaseVerdict> CheckAsync(string digest, CancellationToken cancellation)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_known.TryGetValue(digest, out ReleaseVerdict? known) && known.CheckedAt <= now && now < known.ExpiresAt)
        {
            return known;
        }

        ReleaseVerdict verdict = await AskAsync(digest, now, cancellation).ConfigureAwait(false);
        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        return _known[digest] = verdict;
    }

    /// <summary>Forgets every verdict: what they rest on changed.</summary>
    public void Forget() => _known.Clear();

    /// <inheritdoc/>
    public void Dispose() => sources.OfType<IDisposable>().ToList().ForEach(source => source.Dispose());

    private async Task<ReleaseVerdict> AskAsync(string digest, DateTimeOffset now, CancellationToken cancellation)
    {
        (string Source, string Why)? refusal = null;
        foreach (ReleaseSource source in sources)
        {
            switch (await source.AskAsync(digest, now, cancellation).ConfigureAwait(false))
            {
                case ReleaseAnswer.Refused refused:
                    refusal ??= (source.Name, refused.Why);
                    break;
                case ReleaseAnswer.Trusted when refusal is { } earlier:
                    return Untrusted(digest, source.Name, $"ambiguous: {source.Name} trusts it, and {earlier.Source} says: {earlier.Why}", now);
                case ReleaseAnswer.Trusted release:
                    DateTimeOffset until = release.Until is { } end && end < now + Trusted ? end : now + Trusted;
                    return new ReleaseVerdict(digest, release, source.Name, "", now, until);
            }
        }

        return refusal is { } only ? Untrusted(digest, only.Source, only.Why, now) : Untrusted(digest, "", "no source knows this image", now);
    }

    private static ReleaseVerdict Untrusted(string digest, string source, string reason, DateTimeOffset now) => new(digest, null, source, reason, now, now + Refused);
}
