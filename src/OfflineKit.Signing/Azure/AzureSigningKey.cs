using System.Buffers.Text;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Azure;

/// <summary>One version of a key of Azure Key Vault. The service names no algorithm in its answers: the local verification decides.</summary>
internal sealed class AzureSigningKey(AzureKeyUri uri, PublicKey publicKey, string kid, AzureVault vault) : SigningKey(uri, publicKey, kid)
{
    private readonly string _path = new Uri(kid).AbsolutePath.TrimStart('/') + "/sign";

    // No label for Ed25519 exists, so no such key is ever opened.
    private readonly string _label = AlgorithmLabel.All.FirstOrDefault(
        label => label.Service == KeyService.Azure && label.Scheme == publicKey.Scheme && label.Fits(publicKey.Material))?.Text
        ?? throw SigningReasons.SchemeMismatch.Refusal($"{AzureVault.Service} does not sign by {publicKey.Scheme.Label} with a {publicKey.Material.Kind} key");

    public override ValueTask DisposeAsync()
    {
        vault.Dispose();
        return base.DisposeAsync();
    }

    protected override async Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation)
    {
        string body = $"{{\"alg\":\"{_label}\",\"value\":\"{Base64Url.EncodeToString(digest.Bytes)}\"}}";
        RestAnswer answer = await vault.SendAsync(HttpMethod.Post, _path, "sign", body, cancellation).ConfigureAwait(false);
        JsonValue json = answer.Json(AzureVault.Service);
        string answered = RestAnswer.Read(AzureVault.Service, () => json.String("kid"));
        byte[] value = RestAnswer.Read(AzureVault.Service, () => Value(StrictBase64.DecodeUrl(json.String("value"), "value")));
        return new KeyAnswer(value, Scheme: null, answered, answer.Header("x-ms-request-id"));
    }

    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) =>
        throw SigningReasons.SchemeMismatch.Refusal($"{AzureVault.Service} signs digests only");

    // Fixed width: exactly two coordinates, zeros included.
    private byte[] Value(byte[] signature) => EcdsaSignature.Plain(PublicKey.Material, signature, EcdsaEncoding.FixedWidth);
}
