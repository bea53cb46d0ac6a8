using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Plugins;

/// <summary>Keys behind the programs <c>sigstore-kms-NAME</c>, by the plugin protocol that cosign speaks.</summary>
internal sealed class PluginKeySource : KeySource
{
    /// <inheritdoc/>
    public override string Name => "plugins";

    /// <inheritdoc/>
    public override bool Opens(KeyUri uri) => uri is PluginKeyUri;

    /// <inheritdoc/>
    public override async Task<SigningKey> OpenAsync(KeyUri uri, KeyOpening opening, CancellationToken cancellation)
    {
        PluginKeyUri plugin = (PluginKeyUri)uri;
        PluginProgram program = PluginProgram.Find(plugin, opening);
        string request = PluginRequest.PublicKey(plugin.Rest, opening.Scheme.Asked?.Digest, opening.Clock.GetUtcNow() + opening.Timeout);
        JsonValue answer = await program.AskAsync("publicKey", request, ReadOnlyMemory<byte>.Empty, cancellation).ConfigureAwait(false);
        KeyMaterial material = PluginSigningKey.Read(uri, () => Material(answer));
        return new PluginSigningKey(plugin, opening.Scheme.Bind(material), program, opening);
    }

    private static KeyMaterial Material(JsonValue answer)
    {
        Pem pem = Pem.ParseOne(answer.Base64("publicKeyPEM"), "publicKeyPEM");
        return pem.Label == "PUBLIC KEY" ? SubjectPublicKeyInfo.Parse(pem.Content.Span) : throw new MalformedException($"publicKeyPEM: PEM block {pem.Label}, wanted PUBLIC KEY");
    }
}
