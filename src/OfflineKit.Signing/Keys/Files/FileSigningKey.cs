using OfflineKit.Crypto;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>A key that signs in this process.</summary>
internal sealed class FileSigningKey(KeyUri uri, PublicKey publicKey, PrivateHalf half, ulong? minisignId)
    : SigningKey(uri, publicKey, $"sha256:{publicKey.Material.Fingerprint}")
{
    // The BCL's keys are not made for concurrent use.
    private readonly Lock _gate = new();

    public override bool IsLocal => true;

    public override ulong? MinisignId => minisignId;

    public override ValueTask DisposeAsync()
    {
        half.Dispose();
        return base.DisposeAsync();
    }

    protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(new KeyAnswer(half.Sign(digest, PublicKey.Scheme), PublicKey.Scheme));
        }
    }

    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(new KeyAnswer(half.Sign(message.Span), PublicKey.Scheme));
        }
    }
}
