using System.Buffers.Text;
using System.Security.Cryptography;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Google;

/// <summary>A service account's own key: a signed statement for a token (RFC 7523).</summary>
internal static class GoogleServiceAccount
{
    private const string File = "Google credentials file", Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static Task<BearerToken> TokenAsync(JsonValue file, GoogleSignIn signIn, TimeProvider clock, CancellationToken cancellation)
    {
        Uri address = GoogleSignIn.Address(RestAnswer.Read(File, () => file.String("token_uri")), "token_uri");
        string assertion = RestAnswer.Read(File, () => Assertion(file, address, clock.GetUtcNow()));
        return signIn.PostAsync(address, "token", [("grant_type", Grant), ("assertion", assertion)], cancellation);
    }

    private static string Assertion(JsonValue file, Uri audience, DateTimeOffset now)
    {
        string header = $"{{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":{Text(file.String("private_key_id"))}}}";
        string claims = $"{{\"iss\":{Text(file.String("client_email"))},\"scope\":\"{GoogleSignIn.Scope}\",\"aud\":{Text(audience.OriginalString)},"
            + $"\"iat\":{now.ToUnixTimeSeconds()},\"exp\":{(now + Lifetime).ToUnixTimeSeconds()}}}";
        string signed = $"{Base64Url.EncodeToString(Utf8Text.Encode(header))}.{Base64Url.EncodeToString(Utf8Text.Encode(claims))}";
        using RSA key = Key(file.String("private_key"));
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Utf8Text.Encode(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static RSA Key(string pem)
    {
        Pem block = Pem.ParseOne(Utf8Text.Encode(pem), "private_key");
        RSA key = RSA.Create();
        try
        {
            key.ImportPkcs8PrivateKey(block.Content.Span, out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw new MalformedException("private_key is no RSA key in PKCS#8");
        }
    }

    private static string Text(string text) => System.Text.Encoding.UTF8.GetString(GoJson.String(text));
}
