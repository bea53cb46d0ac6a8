using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;
using OfflineKit.X509;

namespace OfflineKit.Signing.Keyless;

/// <summary>Asks a Fulcio for a short-lived certificate. What comes back is a claim: <see cref="IssuedCertificate"/> judges it.</summary>
/// <remarks>A request that may have been taken is not repeated: every certificate is published.</remarks>
internal sealed class Fulcio(Uri address, KeyOpening opening) : IDisposable
{
    private const string Service = "Fulcio", Operation = "signing certificate";
    private readonly RestClient _client = new(Service, opening) { Repetition = Repetition.OnlyIfNotTaken };

    /// <summary>A certificate for <paramref name="key"/>, whose private half made <paramref name="proof"/>.</summary>
    public async Task<Certificate> CertifyAsync(IdentityToken token, KeyMaterial key, ReadOnlyMemory<byte> proof, CancellationToken cancellation)
    {
        Uri target = ServiceAddress.Below(address, "/api/v2/signingCert");
        byte[] body = JsonText.Object(json =>
        {
            json.Object("credentials", credentials => credentials.WriteString("oidcIdentityToken", token.Value));
            json.Object("publicKeyRequest", request =>
            {
                request.Object("publicKey", publicKey =>
                {
                    publicKey.WriteString("algorithm", "ECDSA");
                    publicKey.WriteString("content", PemEncoding.WriteString("PUBLIC KEY", key.Spki.Span) + "\n");
                });
                request.WriteBase64String("proofOfPossession", proof.Span);
            });
        });
        opening.Secrets.Hold(token.Value);
        RestAnswer answer = await _client.SendAsync(Operation, address.Authority, () => JsonText.Post(target, body), cancellation).ConfigureAwait(false);
        CryptographicOperations.ZeroMemory(body);
        return answer.IsSuccess
            ? Leaf(answer.Json($"{Service} at {address.Authority}"))
            : throw ServiceFault.Refusal(Service, Operation, address, answer);
    }

    public void Dispose() => _client.Dispose();

    private Certificate Leaf(JsonValue answer)
    {
        if (answer.OptionalNotNull("signedCertificateDetachedSct") is not null)
        {
            throw KeylessReasons.UntrustedCertificate.Refusal($"{Service} at {address.Authority} answered with a detached SCT, which no bundle can carry");
        }

        return RestAnswer.Read($"{Service} at {address.Authority}", () =>
        {
            var chain = answer.Object("signedCertificateEmbeddedSct").Object("chain").Array("certificates");
            return chain.IsEmpty ? throw new MalformedException("an empty chain") : Certificate.ParsePem(Utf8Text.Encode(chain[0].Text), "certificate");
        });
    }
}
