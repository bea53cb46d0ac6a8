using OfflineKit.Crypto;

namespace OfflineKit.Transparency;

/// <summary>A log that somebody decided to trust: a Rekor log or a certificate transparency log.</summary>
/// <param name="BaseUrl">The log's address as the trust root writes it; it names the log and is never opened.</param>
/// <param name="Key">The log's key, bound to the one scheme that it signs with.</param>
/// <param name="Id">The 32 bytes by which entries and timestamps refer to the log.</param>
/// <param name="Validity">When the log may sign; closed at both ends.</param>
/// <param name="Root">The name of the trust root that holds the log.</param>
internal sealed record TransparencyLog(string BaseUrl, PublicKey Key, ReadOnlyMemory<byte> Id, Validity Validity, string Root)
{
    /// <summary>The log is called <paramref name="id"/>: all 32 bytes agree.</summary>
    public bool IsCalled(ReadOnlySpan<byte> id) => Id.Span.SequenceEqual(id);
}
