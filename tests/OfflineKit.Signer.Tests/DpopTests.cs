using System.Text.Json.Nodes;
using NSec.Cryptography;
using System.Buffers.Text;

namespace OfflineKit.Signer.Tests;

/// <summary>DPoP proofs: the twelve checks, accepted and refused.</summary>
public sealed class DpopTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    private const string Target = "https://signer.example/api/v1/signer/sign/dsse";

    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
    {
        ["1 none"] = new(call => call.SendsProof = false, 401, "invalid_dpop_proof", "dpop_header"),
        ["1 two header fields"] = new(call => call.Headers.Add(("DPoP", "a.b.c")), 401, "invalid_dpop_proof", "dpop_header"),
        ["1 a list"] = new(call => call.ProofText = "a.b.c,a.b.c", 401, "invalid_dpop_proof", "dpop_header"),
        ["2 two parts"] = new(call => call.ProofText = "e30.e30", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["2 too long"] = new(call => call.Proof["x"] = new string('x', 4096), 401, "invalid_dpop_proof", "dpop_malformed"),
        ["3 typ JWT"] = new(call => call.ProofHeader["typ"] = "JWT", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["3 typ in upper case"] = new(call => call.ProofHeader["typ"] = "DPoP+jwt", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["3 none"] = new(call => call.ProofHeader["alg"] = "none", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["3 HS256"] = new(call => call.ProofHeader["alg"] = "HS256", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["3 ES384"] = new(call => call.ProofHeader["alg"] = "ES384", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["3 RS256"] = new(call => call.ProofHeader["alg"] = "RS256", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["3 EdDSA with a P-256 key"] = new(call => call.ProofHeader["alg"] = "EdDSA", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["3 crit"] = new(call => call.ProofHeader["crit"] = new JsonArray("x"), 401, "invalid_dpop_proof", "dpop_malformed"),
        ["3 kid"] = new(call => call.ProofHeader["kid"] = "k", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["4 no key"] = new(call => call.ProofHeader.Remove("jwk"), 401, "invalid_dpop_proof", "dpop_malformed"),
        ["4 a private key"] = new(call => call.ProofHeader["jwk"] = call.World.Client.PrivateJwk, 401, "invalid_dpop_proof", "dpop_malformed"),
        ["4 a private member that is null"] = new(call => call.ProofHeader["jwk"]!["d"] = null, 401, "invalid_dpop_proof", "dpop_malformed"),
        ["4 a symmetric key"] = new(call => call.ProofHeader["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = "AA" }, 401, "invalid_dpop_proof", "dpop_malformed"),
        ["4 a point off the curve"] = new(call => call.ProofHeader["jwk"]!["y"] = Base64Url.EncodeToString(new byte[32]), 401, "invalid_dpop_proof", "dpop_malformed"),
        ["4 a P-384 key"] = new(BySecp384, 401, "invalid_dpop_proof", "dpop_malformed"),
        ["4 the signature of another key"] = new(call => call.ProofSigner = call.World.Authority, 401, "invalid_dpop_proof", "dpop_malformed"),
        ["5 no jti"] = new(call => call.Proof.Remove("jti"), 401, "invalid_dpop_proof", "dpop_malformed"),
        ["5 a jti that is too long"] = new(call => call.Proof["jti"] = new string('x', 129), 401, "invalid_dpop_proof", "dpop_malformed"),
        ["5 no htm"] = new(call => call.Proof.Remove("htm"), 401, "invalid_dpop_proof", "dpop_malformed"),
        ["5 no htu"] = new(call => call.Proof.Remove("htu"), 401, "invalid_dpop_proof", "dpop_malformed"),
        ["5 no iat"] = new(call => call.Proof.Remove("iat"), 401, "invalid_dpop_proof", "dpop_malformed"),
        ["5 iat as text"] = new(call => call.Proof["iat"] = "1", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["6 another method"] = new(call => call.Proof["htm"] = "GET", 401, "invalid_dpop_proof", "dpop_htm"),
        ["6 the method in lower case"] = new(call => call.Proof["htm"] = "post", 401, "invalid_dpop_proof", "dpop_htm"),
        ["7 another address"] = new(call => call.Proof["htu"] = Target + "2", 401, "invalid_dpop_proof", "dpop_htu"),
        ["7 with a query"] = new(call => call.Proof["htu"] = Target + "?a=b", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["7 with a fragment"] = new(call => call.Proof["htu"] = Target + "#a", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["7 another port"] = new(call => call.Proof["htu"] = Target.Replace(".example", ".example:8443", StringComparison.Ordinal), 401, "invalid_dpop_proof", "dpop_htu"),
        ["7 the default port"] = new(call => call.Proof["htu"] = Target.Replace(".example", ".example:443", StringComparison.Ordinal)),
        ["7 another scheme"] = new(call => call.Proof["htu"] = Target.Replace("https", "http", StringComparison.Ordinal), 401, "invalid_dpop_proof", "dpop_htu"),
        ["7 host and scheme in upper case"] = new(call => call.Proof["htu"] = Target.Replace("https://signer", "HTTPS://SIGNER", StringComparison.Ordinal)),
        ["7 the path in upper case"] = new(call => call.Proof["htu"] = Target.Replace("/api", "/API", StringComparison.Ordinal), 401, "invalid_dpop_proof", "dpop_htu"),
        ["7 dot segments that lead there"] = new(call => call.Proof["htu"] = Target.Replace("/sign/", "/x/../sign/./", StringComparison.Ordinal)),
        ["7 dot segments that lead elsewhere"] = new(call => call.Proof["htu"] = Target.Replace("/sign/", "/sign/../", StringComparison.Ordinal), 401, "invalid_dpop_proof", "dpop_htu"),
        ["7 an escape of a letter"] = new(call => call.Proof["htu"] = Target.Replace("dsse", "%64sse", StringComparison.Ordinal)),
        ["7 an escape of a slash"] = new(call => call.Proof["htu"] = Target.Replace("/dsse", "%2fdsse", StringComparison.Ordinal), 401, "invalid_dpop_proof", "dpop_htu"),
        ["7 a broken escape"] = new(call => call.Proof["htu"] = Target + "%4", 401, "invalid_dpop_proof", "dpop_malformed"),
        ["7 a user"] = new(call => call.Proof["htu"] = Target.Replace("https://", "https://a@", StringComparison.Ordinal), 401, "invalid_dpop_proof", "dpop_malformed"),
        ["7 the real host is no matter"] = new(call => call.Proof["htu"] = new Uri(call.World.Address, call.Path).ToString(), 401, "invalid_dpop_proof", "dpop_htu"),
        ["8 old"] = new(call => call.Proof["iat"] = call.World.Clock.Now.ToUnixTimeSeconds() - 61, 401, "invalid_dpop_proof", "dpop_iat"),
        ["8 not too old"] = new(call => call.Proof["iat"] = call.World.Clock.Now.ToUnixTimeSeconds() - 60),
        ["8 in the future"] = new(call => call.Proof["iat"] = call.World.Clock.Now.ToUnixTimeSeconds() + 31, 401, "invalid_dpop_proof", "dpop_iat"),
        ["8 not too far in the future"] = new(call => call.Proof["iat"] = call.World.Clock.Now.ToUnixTimeSeconds() + 30),
        ["9 a nonce that is not ours"] = new(call => call.Proof["nonce"] = "n-0S6_WzA2Mj", 401, "use_dpop_nonce", "dpop_nonce"),
        ["10 an ath that is null"] = new(call => call.Proof["ath"] = null, 401, "invalid_dpop_proof", "dpop_malformed"),
        ["10 no ath"] = new(call => call.ProofText = call.World.Client.Sign(call.ProofHeader, call.Proof), 401, "invalid_dpop_proof", "dpop_ath"),
        ["10 the ath of another token"] = new(call => call.Proof["ath"] = Base64Url.EncodeToString(new byte[32]), 401, "invalid_dpop_proof", "dpop_ath"),
        ["10 the ath with padding"] = new(call => Padded(call), 401, "invalid_dpop_proof", "dpop_ath"),
        ["11 another key than the token's"] = new(call => (call.ProofSigner, call.ProofHeader["jwk"]) = (call.World.SigningKey, call.World.SigningKey.PublicJwk), 401, "invalid_dpop_proof", "dpop_key"),
    };

    public static TheoryData<string> Names() => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task A_proof_is_judged(string name) => Rows[name].CheckAsync(shared.World);

    [Fact]
    public async Task A_proof_is_used_once_and_not_again_after_a_restart()
    {
        await using World world = await World.StartAsync();
        Call call = new(world);
        Assert.Equal(200, (await call.SendAsync()).Status);
        Reply again = await call.SendAgainAsync();
        Assert.Equal((401, "invalid_dpop_proof"), (again.Status, again.Code));
        Assert.Equal("dpop_replay", world.AuditLines()[^1]["reason"]!.GetValue<string>());
        await world.StartAgainAsync();
        Assert.Equal("invalid_dpop_proof", (await call.SendAgainAsync()).Code);
    }

    [Fact]
    public async Task A_proof_whose_token_is_refused_is_not_remembered()
    {
        await using World world = await World.StartAsync();
        Call call = new(world) { TokenSigner = world.Licensing };
        Assert.Equal("invalid_token", (await call.SendAsync()).Code);
        (call.TokenSigner, call.Proof["ath"]) = (world.Authority, null);
        call.Proof.Remove("ath");
        Assert.Equal(200, (await call.SendAsync()).Status);
    }

    [Fact]
    public async Task A_full_replay_store_refuses_and_forgets_nothing()
    {
        await using World world = await World.StartAsync(configuration => configuration["limits"]!["replayEntries"] = 2);
        Call first = new(world);
        Assert.Equal(200, (await first.SendAsync()).Status);
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
        Reply full = await new Call(world).SendAsync();
        Assert.Equal((503, "replay_store_unavailable"), (full.Status, full.Code));
        Assert.Equal(503, (await first.SendAgainAsync()).Status);
        world.Clock.Now += TimeSpan.FromSeconds(200);
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
    }

    [Fact]
    public async Task A_nonce_is_demanded_used_once_and_grows_old()
    {
        await using World world = await World.StartAsync(configuration => configuration.Remove("dpop"));
        Reply without = await new Call(world).SendAsync();
        Assert.Equal((401, "use_dpop_nonce"), (without.Status, without.Code));
        Assert.Contains("error=\"use_dpop_nonce\"", without.Header("WWW-Authenticate"));
        string nonce = without.Header("DPoP-Nonce");
        Call With(string value)
        {
            Call call = new(world);
            call.Proof["nonce"] = value;
            return call;
        }

        Reply used = await With(nonce).SendAsync();
        Assert.Equal(200, used.Status);
        Assert.Equal("use_dpop_nonce", (await With(nonce).SendAsync()).Code);
        string next = used.Header("DPoP-Nonce");
        world.Clock.Now += TimeSpan.FromSeconds(301);
        Assert.Equal("use_dpop_nonce", (await With(next).SendAsync()).Code);
    }

    [Fact]
    public async Task A_nonce_that_nobody_demands_is_judged_and_one_of_a_time_to_come_is_none()
    {
        await using World world = await World.StartAsync();
        Reply first = await new Call(world).SendAsync();
        Call Carrying(string nonce)
        {
            Call call = new(world);
            call.Proof["nonce"] = nonce;
            return call;
        }

        Reply second = await Carrying(first.Header("DPoP-Nonce")).SendAsync();
        Assert.Equal(200, second.Status);
        world.Clock.Now -= TimeSpan.FromSeconds(31);
        Assert.Equal("use_dpop_nonce", (await Carrying(second.Header("DPoP-Nonce")).SendAsync()).Code);
    }

    [Fact]
    public async Task A_nonce_of_yesterday_evening_still_counts_this_morning()
    {
        await using World world = await World.StartAsync(configuration => configuration.Remove("dpop"));
        world.Clock.Now = new DateTimeOffset(2026, 11, 30, 23, 59, 0, TimeSpan.Zero);
        string nonce = (await new Call(world).SendAsync()).Header("DPoP-Nonce");
        world.Clock.Now += TimeSpan.FromSeconds(120);
        Call call = new(world);
        call.Proof["nonce"] = nonce;
        Assert.Equal(200, (await call.SendAsync()).Status);
    }

    [Fact]
    public async Task With_a_nonce_the_clock_of_the_client_may_be_off()
    {
        await using World world = await World.StartAsync(configuration => configuration.Remove("dpop"));
        foreach ((int off, int status) in ((int, int)[])[(299, 200), (-299, 200), (301, 401)])
        {
            Call call = new(world);
            call.Proof["nonce"] = (await new Call(world).SendAsync()).Header("DPoP-Nonce");
            call.Proof["iat"] = world.Clock.Now.ToUnixTimeSeconds() + off;
            Assert.Equal(status, (await call.SendAsync()).Status);
        }
    }

    [Fact]
    public async Task An_Ed25519_key_proves_as_well()
    {
        await using World world = await World.StartAsync();
        using Key key = Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        string x = Base64Url.EncodeToString(key.Export(KeyBlobFormat.RawPublicKey));
        string thumbprint = Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"{x}\"}}")));
        Call call = new(world);
        call.Token["cnf"] = new JsonObject { ["jkt"] = thumbprint };
        call.Poe["cnf"] = new JsonObject { ["jkt"] = thumbprint };
        (call.ProofHeader["alg"], call.ProofHeader["jwk"]) = ("EdDSA", new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = x });
        string token = world.Authority.Sign(call.TokenHeader, call.Token);
        call.TokenText = token;
        call.Proof["ath"] = Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token)));
        string signed = $"{JwtKey.Part(call.ProofHeader.ToJsonString())}.{JwtKey.Part(call.Proof.ToJsonString())}";
        call.ProofText = $"{signed}.{Base64Url.EncodeToString(SignatureAlgorithm.Ed25519.Sign(key, System.Text.Encoding.UTF8.GetBytes(signed)))}";
        Assert.Equal(200, (await call.SendAsync()).Status);
    }

    private static void BySecp384(Call call)
    {
        using System.Security.Cryptography.ECDsa key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        System.Security.Cryptography.ECPoint point = key.ExportParameters(false).Q;
        call.ProofHeader["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-384", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
        string signed = $"{JwtKey.Part(call.ProofHeader.ToJsonString())}.{JwtKey.Part(call.Proof.ToJsonString())}";
        call.ProofText = $"{signed}.{Base64Url.EncodeToString(key.SignData(System.Text.Encoding.UTF8.GetBytes(signed), System.Security.Cryptography.HashAlgorithmName.SHA384))}";
    }

    private static void Padded(Call call)
    {
        string token = call.World.Authority.Sign(call.TokenHeader, call.Token);
        call.TokenText = token;
        call.Proof["ath"] = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token))).Replace('+', '-').Replace('/', '_');
    }
}
