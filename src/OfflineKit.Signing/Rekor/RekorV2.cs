using OfflineKit.Crypto;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Rekor;

/// <summary>Rekor v2: <c>hashedrekord</c> 0.0.2 alone; an envelope is recorded by the digest of its pre-authentication encoding.</summary>
/// <remarks>It states no time, so a certificate's signature needs a timestamp as well. A request that may have been taken is not repeated.</remarks>
internal sealed class RekorV2 : RekorLog
{
    private readonly RestClient _client;

    public RekorV2(Uri address, KeyOpening opening) : base(address) =>
        _client = new RestClient(Service, opening, patience: Timeout) { Repetition = Repetition.OnlyIfNotTaken };

    public override void Check(PublicKey key, bool isEnvelope) => _ = Details(key);

    public override void Dispose() => _client.Dispose();

    protected override async Task<byte[]> AskAsync(SignedContent signed, CancellationToken cancellation)
    {
        Uri target = ServiceAddress.Below(Address, "/api/v2/log/entries");
        byte[] body = JsonText.Object(json => json.Object("hashedRekordRequestV002", request =>
        {
            request.WriteBase64String("digest", signed.Digest.Bytes);
            request.Object("signature", signature =>
            {
                signature.WriteBase64String("content", signed.Signature.Span);
                signature.Object("verifier", verifier =>
                {
                    verifier.Object(signed.Certificate is null ? "publicKey" : "x509Certificate", who => who.WriteBase64String("rawBytes", signed.Verifier.Span));
                    verifier.WriteString("keyDetails", Details(signed.Key));
                });
            });
        }));
        RestAnswer answer = await _client.SendAsync(Operation, Address.Authority, () => JsonText.Post(target, body), cancellation).ConfigureAwait(false);
        return answer.IsSuccess ? answer.Body.ToArray() : throw Refusal(answer);
    }

    private static string Details(PublicKey key) => (key.Scheme.Label, key.Material.Kind, key.Material.RsaBits) switch
    {
        ("ECDSA_SHA_256", KeyKind.P256, _) => "PKIX_ECDSA_P256_SHA_256",
        ("ECDSA_SHA_384", KeyKind.P384, _) => "PKIX_ECDSA_P384_SHA_384",
        ("ECDSA_SHA_512", KeyKind.P521, _) => "PKIX_ECDSA_P521_SHA_512",
        ("RSASSA_PKCS1_V1_5_SHA_256", KeyKind.Rsa, 2048) => "PKIX_RSA_PKCS1V15_2048_SHA256",
        ("RSASSA_PKCS1_V1_5_SHA_256", KeyKind.Rsa, 3072) => "PKIX_RSA_PKCS1V15_3072_SHA256",
        ("RSASSA_PKCS1_V1_5_SHA_256", KeyKind.Rsa, 4096) => "PKIX_RSA_PKCS1V15_4096_SHA256",
        _ => throw RekorReasons.UnsuitableSignature.Refusal($"Rekor v2 takes no {key.Scheme.Label} by a {key.Material.Kind} key{(key.Material.RsaBits > 0 ? $" of {key.Material.RsaBits} bits" : "")}"),
    };
}
