using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NSec.Cryptography;
using OfflineKit.Signer.Configuration;

namespace OfflineKit.Signer.Tests;

/// <summary>The algorithms of tokens and of proofs of entitlement: each that is allowed is believed, each other is refused, whatever key the issuer has for it.</summary>
public sealed class AlgorithmTests
{
    [Theory]
    [InlineData("ES256", "", "")]
    [InlineData("ES384", "", "poe_invalid")]
    [InlineData("PS256", "", "")]
    [InlineData("RS256", "", "poe_invalid")]
    [InlineData("EdDSA", "", "")]
    [InlineData("PS384", "invalid_token", "poe_invalid")]
    public async Task A_token_and_a_proof_by_this_algorithm(string algorithm, string token, string proof)
    {
        using Issuer issuer = new(algorithm);

        // A key for an algorithm that nobody knows cannot be pinned: it is pinned for another, and names this one.
        string pinned = algorithm == "PS384" ? "PS256" : algorithm;
        await using World world = await World.StartAsync(prepare: world =>
        {
            world.Write("authority.json", issuer.KeySet(pinned, "k1"));
            world.Write("licensing.json", issuer.KeySet(pinned, "l1"));
        });
        Call Asked(bool poe)
        {
            Call call = new(world);
            (call.TokenHeader["alg"], call.PoeHeader["alg"]) = (algorithm, algorithm);
            call.TokenText = issuer.Sign(call.TokenHeader, call.Token);
            call.PoeText = poe ? issuer.Sign(call.PoeHeader, call.Poe) : "x.y.z";
            return call;
        }

        // A sender that is believed gets as far as the proof of entitlement.
        Assert.Equal(token.Length > 0 ? token : "poe_invalid", (await Asked(poe: false).SendAsync()).Code);
        if (token.Length == 0)
        {
            Assert.Equal(proof, (await Asked(poe: true).SendAsync()).Code);
        }
    }

    [Fact]
    public async Task An_issuer_s_key_that_is_too_short_keeps_the_service_from_starting()
    {
        using RSA key = RSA.Create(1024);
        RSAParameters parts = key.ExportParameters(false);
        string set = new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kid"] = "k1", ["kty"] = "RSA", ["alg"] = "PS256", ["n"] = Base64Url.EncodeToString(parts.Modulus), ["e"] = Base64Url.EncodeToString(parts.Exponent) }) }.ToJsonString();
        ConfigurationException fault = await Assert.ThrowsAsync<ConfigurationException>(() => World.StartAsync(prepare: world => world.Write("authority.json", set)));
        Assert.Contains(fault.Faults, line => line.Contains("1024", StringComparison.Ordinal));
    }

    private sealed class Issuer(string algorithm) : IDisposable
    {
        private readonly ECDsa _curve = ECDsa.Create(algorithm == "ES384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256);
        private readonly RSA _rsa = RSA.Create(2048);
        private readonly Key _edwards = Key.Create(SignatureAlgorithm.Ed25519);

        public string KeySet(string pinned, string id)
        {
            JsonObject jwk = algorithm[..2] switch
            {
                "ES" => new JsonObject { ["kty"] = "EC", ["crv"] = algorithm == "ES384" ? "P-384" : "P-256", ["x"] = Base64Url.EncodeToString(_curve.ExportParameters(false).Q.X), ["y"] = Base64Url.EncodeToString(_curve.ExportParameters(false).Q.Y) },
                "Ed" => new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = Base64Url.EncodeToString(_edwards.PublicKey.Export(KeyBlobFormat.RawPublicKey)) },
                _ => new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(_rsa.ExportParameters(false).Modulus), ["e"] = Base64Url.EncodeToString(_rsa.ExportParameters(false).Exponent) },
            };
            (jwk["kid"], jwk["alg"]) = (id, pinned);
            return new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString();
        }

        public string Sign(JsonObject header, JsonObject claims)
        {
            string text = $"{JwtKey.Part(header.ToJsonString())}.{JwtKey.Part(claims.ToJsonString())}";
            byte[] message = System.Text.Encoding.UTF8.GetBytes(text);
            return $"{text}.{Base64Url.EncodeToString(algorithm switch
            {
                "ES256" => _curve.SignData(message, HashAlgorithmName.SHA256),
                "ES384" => _curve.SignData(message, HashAlgorithmName.SHA384),
                "RS256" => _rsa.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                "PS256" => _rsa.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
                "PS384" => _rsa.SignData(message, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
                _ => SignatureAlgorithm.Ed25519.Sign(_edwards, message),
            })}";
        }

        public void Dispose()
        {
            _curve.Dispose();
            _rsa.Dispose();
            _edwards.Dispose();
        }
    }
}
