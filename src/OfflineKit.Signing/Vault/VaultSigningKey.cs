using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Vault;

/// <summary>One version of a transit key. Every member is sent: the defaults are the longest salt and SHA-256 for every curve.</summary>
internal sealed class VaultSigningKey(VaultKeyUri uri, PublicKey publicKey, long version, VaultTransit transit)
    : SigningKey(uri, publicKey, $"{uri.Text}:v{version.ToString(CultureInfo.InvariantCulture)}")
{
    private readonly string _version = version.ToString(CultureInfo.InvariantCulture);

    public override ValueTask DisposeAsync()
    {
        transit.Dispose();
        return base.DisposeAsync();
    }

    protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation)
    {
        string hash = digest.Algorithm switch { DigestAlgorithm.Sha256 => "sha2-256", DigestAlgorithm.Sha384 => "sha2-384", _ => "sha2-512" };
        string scheme = PublicKey.Material.Kind != KeyKind.Rsa ? "" : PublicKey.Scheme.IsRsaPss ? ",\"signature_algorithm\":\"pss\",\"salt_length\":\"hash\"" : ",\"signature_algorithm\":\"pkcs1v15\"";
        return AskAsync($"sign/{uri.Key}/{hash}", $"{{\"input\":\"{Text(digest.Bytes)}\",\"prehashed\":true,\"key_version\":{_version}{scheme},\"marshaling_algorithm\":\"asn1\"}}", cancellation);
    }

    // Ed25519 signs the message; it cannot be hashed beforehand.
    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) =>
        AskAsync($"sign/{uri.Key}", $"{{\"input\":\"{Text(message.Span)}\",\"prehashed\":false,\"key_version\":{_version}}}", cancellation);

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(bytes));

    private async Task<KeyAnswer> AskAsync(string path, string body, CancellationToken cancellation)
    {
        RestAnswer answer = await transit.SendAsync(HttpMethod.Put, path, "sign", body, cancellation).ConfigureAwait(false);
        JsonValue json = answer.Json(transit.Service);
        string text = RestAnswer.Read(transit.Service, () => json.Object("data").String("signature"));
        string[] parts = text.Split(':');
        if (parts is not ["vault", ['v', .. string answered], string value])
        {
            throw ServiceReasons.MalformedAnswer.Refusal($"{transit.Service}: the signature is not of the form vault:vN:BASE64");
        }

        byte[] signature = RestAnswer.Read(transit.Service, () => Value(StrictBase64.Decode(value, "signature")));
        return new KeyAnswer(signature, Scheme: null, $"{uri.Text}:v{answered}", json.OptionalNotNull("request_id") is { Kind: JsonKind.String } id ? id.Text : "");
    }

    private byte[] Value(byte[] signature) => EcdsaSignature.Plain(PublicKey.Material, signature, EcdsaEncoding.Der);
}
