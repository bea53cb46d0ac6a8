using OfflineKit.Crypto;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>A key on a token. The token says nothing about what it signed with: the local verification decides.</summary>
internal sealed class TokenSigningKey(Pkcs11KeyUri uri, PublicKey publicKey, TokenKeyHandle key, TokenCalls calls) : SigningKey(uri, publicKey, uri.KeyName)
{
    private readonly TokenMechanism _mechanism = TokenMechanism.Of(publicKey.Scheme, publicKey.Material.Kind);

    public override async ValueTask DisposeAsync()
    {
        await TokenKeySource.CloseAsync(calls, key, key.Module).ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation) => AskAsync(_mechanism.Input(digest), cancellation);

    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => AskAsync(message, cancellation);

    // Tokens answer ECDSA as r‖s of fixed width, which is the form that is wanted here.
    private async Task<KeyAnswer> AskAsync(ReadOnlyMemory<byte> input, CancellationToken cancellation) =>
        new(await calls.RunAsync("sign", () => key.Sign(_mechanism, input), cancellation).ConfigureAwait(false));
}
