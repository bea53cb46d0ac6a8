using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>A key pair of a token issuer or of a client, and tokens by it.</summary>
internal sealed class JwtKey : IDisposable
{
    public static JwtKey From(string pem)
    {
        JwtKey key = new();
        key._key.ImportFromPem(pem);
        return key;
    }

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Id { get; init; } = "k1";

    public JsonObject PublicJwk
    {
        get
        {
            ECPoint point = _key.ExportParameters(false).Q;
            return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
        }
    }

    public JsonObject PrivateJwk
    {
        get
        {
            JsonObject jwk = PublicJwk;
            jwk["d"] = Base64Url.EncodeToString(_key.ExportParameters(true).D);
            return jwk;
        }
    }

    public string Thumbprint
    {
        get
        {
            JsonObject jwk = PublicJwk;
            return Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"{jwk["x"]}\",\"y\":\"{jwk["y"]}\"}}")));
        }
    }

    public string KeySet
    {
        get
        {
            JsonObject jwk = PublicJwk;
            jwk["kid"] = Id;
            jwk["alg"] = "ES256";
            return new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString();
        }
    }

    public string PrivatePem => _key.ExportPkcs8PrivateKeyPem() + "\n";

    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    public string Sign(JsonObject header, JsonObject claims)
    {
        string signed = $"{Part(header.ToJsonString())}.{Part(claims.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(Signature(signed))}";
    }

    public byte[] Signature(string text) => _key.SignData(System.Text.Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256);

    public byte[] DerSignature(byte[] message) => _key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public static string Part(string json) => Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));

    public void Dispose() => _key.Dispose();
}
