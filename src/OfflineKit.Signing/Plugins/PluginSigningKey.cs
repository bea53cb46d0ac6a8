using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Plugins;

/// <summary>A key behind a plugin. It gets the digest that was made here; pure Ed25519 gets the message.</summary>
internal sealed class PluginSigningKey(PluginKeyUri uri, PublicKey publicKey, PluginProgram program, KeyOpening opening) : SigningKey(uri, publicKey, uri.Text)
{
    /// <summary>What <paramref name="read"/> makes of an answer; a malformed one is a refusal that names the key.</summary>
    public static T Read<T>(KeyUri uri, Func<T> read)
        where T : class
    {
        Result<T> parsed = Result.Parse(PluginReasons.MalformedAnswer, read);
        return parsed.Value ?? throw new SigningException(parsed.Finding!.Reason.Because($"{uri}: {parsed.Finding.Detail}"));
    }

    // The protocol has no word for PSS.
    protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation) => PublicKey.Scheme.IsRsaPss
        ? throw SigningReasons.SchemeMismatch.Refusal($"{uri}: plugins sign by RSA PKCS#1 v1.5 only; pass --algorithm RSASSA_PKCS1_V1_5_SHA_256")
        : AskAsync(digest, ReadOnlyMemory<byte>.Empty, cancellation);

    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => AskAsync(digest: null, message, cancellation);

    private async Task<KeyAnswer> AskAsync(Digest? digest, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        string request = PluginRequest.SignMessage(uri.Rest, digest?.Algorithm, opening.Clock.GetUtcNow() + opening.Timeout, digest);
        JsonValue answer = await program.AskAsync("signMessage", request, message, cancellation).ConfigureAwait(false);
        return new KeyAnswer(Read(Uri, () => Value(answer.Base64("signature"))));
    }

    private byte[] Value(byte[] signature) => EcdsaSignature.Plain(PublicKey.Material, signature, EcdsaEncoding.Der);
}
