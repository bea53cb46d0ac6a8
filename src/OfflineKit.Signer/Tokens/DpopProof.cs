using System.Buffers.Text;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Signer.Tokens;

/// <summary>A DPoP proof whose signature verified by the key that it carries; what it says of the request is not compared yet.</summary>
/// <param name="Id"><c>jti</c>.</param>
/// <param name="Method"><c>htm</c>.</param>
/// <param name="Target"><c>htu</c> in its one spelling.</param>
/// <param name="Issued"><c>iat</c>.</param>
/// <param name="Nonce"><c>nonce</c>, or null.</param>
/// <param name="TokenHash"><c>ath</c>; null in a proof that asks for a token.</param>
/// <param name="Thumbprint">RFC 7638 thumbprint of the key.</param>
internal sealed record DpopProof(string Id, string Method, string Target, DateTimeOffset Issued, string? Nonce, string? TokenHash, string Thumbprint)
{
    private const int Longest = 4096, LongestId = 128;
    private static readonly string[] SecretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>Steps 2 to 5: the form, the header, the key, the signature, the claims.</summary>
    /// <exception cref="MalformedException">Any of them is not as it must be; the message names it in one word.</exception>
    public static DpopProof Parse(string text)
    {
        CompactJws jws = CompactJws.Parse(text, Longest, "proof");

        // 3 What it is, by which algorithm.
        if (jws.Header.String("typ") != "dpop+jwt" || jws.Algorithm is not ("ES256" or "EdDSA") || jws.Header.Optional("kid") is not null)
        {
            throw new MalformedException("proof header: wanted typ dpop+jwt, alg ES256 or EdDSA, and no kid");
        }

        // 4 The key is public and of that algorithm, and signed.
        JsonValue jwk = jws.Header.Object("jwk");
        if (SecretMembers.Any(member => jwk.Optional(member) is not null))
        {
            throw new MalformedException("proof header: the key has a private member");
        }

        KeyMaterial material = JsonWebKey.Parse(jwk, "proof", "proof").Material;
        if (JwsAlgorithm.Bind(material, jws.Algorithm) is not { } key || !key.Verifies(jws.SignedBytes, jws.Signature.Span))
        {
            throw new MalformedException("proof: the signature is not by the key in the header");
        }

        // 5 What it says.
        string id = jws.Payload.String("jti");
        return id.Length is > 0 and <= LongestId
            ? new DpopProof(
                id,
                jws.Payload.String("htm"),
                TargetUri.Normalise(jws.Payload.String("htu")),
                DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(jws.Payload["iat"].Integer, 0, int.MaxValue * 2L)),
                jws.Payload.OptionalString("nonce"),
                jws.Payload.OptionalString("ath"),
                ThumbprintOf(jwk))
            : throw new MalformedException("proof: jti of no or too many characters");
    }

    /// <summary>The thumbprint of a public key: SHA-256 over its required members in their order, unpadded base64url.</summary>
    /// <remarks>Source: RFC 7638 §3, RFC 8037 appendix A.3.</remarks>
    public static string ThumbprintOf(JsonValue jwk)
    {
        string members = jwk.String("kty") == "OKP"
            ? $"{{\"crv\":{Quoted(jwk, "crv")},\"kty\":\"OKP\",\"x\":{Quoted(jwk, "x")}}}"
            : $"{{\"crv\":{Quoted(jwk, "crv")},\"kty\":\"EC\",\"x\":{Quoted(jwk, "x")},\"y\":{Quoted(jwk, "y")}}}";
        return Base64Url.EncodeToString(Digest.Sha256(Utf8Text.Encode(members)).Bytes);
    }

    private static string Quoted(JsonValue jwk, string member) => CanonicalJson.Quoted(jwk.String(member));
}
