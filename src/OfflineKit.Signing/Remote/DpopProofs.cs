using System.Buffers.Text;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Remote;

/// <summary>Proves to a service that a token is this client's own: signs, for each request, what the request is.</summary>
/// <param name="key">The client's key, on P-256 or Ed25519, wherever its private half is.</param>
/// <param name="clock">The clock.</param>
/// <remarks>Source: RFC 9449 §4.2.</remarks>
internal sealed class DpopProofs(SigningKey key, TimeProvider clock)
{
    /// <summary>The key signs in one of the two ways that services take.</summary>
    /// <exception cref="SigningException"><c>sign.algorithm-mismatch</c>.</exception>
    public void RefuseOtherKeys()
    {
        if (key.PublicKey.Material.Kind is not (KeyKind.P256 or KeyKind.Ed25519))
        {
            throw SigningReasons.SchemeMismatch.Refusal($"a {key.PublicKey.Material.Kind} key proves no sender: wanted P-256 or Ed25519");
        }
    }

    /// <summary>The proof for one request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="target">Its address.</param>
    /// <param name="token">The token that it carries; null where it asks for one.</param>
    /// <param name="nonce">The service's nonce, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<string> MakeAsync(string method, Uri target, string? token, string? nonce, CancellationToken cancellation)
    {
        string algorithm = key.PublicKey.Material.Kind == KeyKind.Ed25519 ? "EdDSA" : "ES256";
        byte[] jwk = PublicKeyText.Write(key, PublicKeyForm.Jwk);
        byte[] header = JsonText.Object(json =>
        {
            json.WriteString("typ", "dpop+jwt");
            json.WriteString("alg", algorithm);
            json.WritePropertyName("jwk");
            json.WriteRawValue(jwk.AsSpan().TrimEnd((byte)'\n'));
        });
        byte[] claims = JsonText.Object(json =>
        {
            json.WriteString("jti", RandomNumberGenerator.GetHexString(32, lowercase: true));
            json.WriteString("htm", method);
            json.WriteString("htu", target.GetLeftPart(UriPartial.Path));
            json.WriteNumber("iat", clock.GetUtcNow().ToUnixTimeSeconds());
            if (nonce is not null)
            {
                json.WriteString("nonce", nonce);
            }

            if (token is not null)
            {
                json.WriteString("ath", Base64Url.EncodeToString(Digest.Sha256(Utf8Text.Encode(token)).Bytes));
            }
        });
        string signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        VerifiedSignature signature = await key.SignMessageAsync(Utf8Text.Encode(signed), cancellation).ConfigureAwait(false);
        return $"{signed}.{Base64Url.EncodeToString(signature.Value.Span)}";
    }
}
