using OfflineKit.Encoding;
using OfflineKit.Signing;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signer.Tokens;

/// <summary>Where a set of pinned keys comes from.</summary>
internal abstract class KeySetSource
{
    /// <summary>The set as it is now, and when it was made or fetched.</summary>
    /// <exception cref="MalformedException">It is no set of keys.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="SigningException">The service does not answer.</exception>
    public abstract Task<(PinnedKeys Keys, DateTimeOffset Since)> ReadAsync(CancellationToken cancellation);
}

/// <summary>A file; it is as old as its last change.</summary>
internal sealed class KeySetFile(string path) : KeySetSource
{
    /// <inheritdoc/>
    public override Task<(PinnedKeys Keys, DateTimeOffset Since)> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult((PinnedKeys.Parse(InputFile.ReadAll(path, Limits.KeyFile, "key set"), "key set"), new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero)));
}

/// <summary>The issuer's own address; as old as its last answer.</summary>
internal sealed class KeySetAddress(Uri address, KeyOpening opening) : KeySetSource
{
    /// <inheritdoc/>
    public override async Task<(PinnedKeys Keys, DateTimeOffset Since)> ReadAsync(CancellationToken cancellation)
    {
        using RestClient client = new("the authority", opening, patience: TimeSpan.FromSeconds(5));
        RestAnswer answer = await client.SendAsync("keys", address.AbsolutePath, () => new HttpRequestMessage(HttpMethod.Get, address), cancellation).ConfigureAwait(false);
        return answer.Status == System.Net.HttpStatusCode.OK
            ? (PinnedKeys.Parse(answer.Body, "key set"), opening.Clock.GetUtcNow())
            : throw ServiceReasons.MalformedAnswer.Refusal($"the authority's key set: status {(int)answer.Status}");
    }
}
