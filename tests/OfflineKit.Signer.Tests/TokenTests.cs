using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>Access tokens: each rule of docs/signer/authentication.md, accepted and refused.</summary>
public sealed class TokenTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
    {
        ["good"] = new(_ => { }),
        ["1 no token"] = new(call => call.SendsToken = false, 401, "token_missing"),
        ["1 two tokens"] = new(call => call.Headers.Add(("Authorization", "DPoP x.y.z")), 401, "invalid_token", "header"),
        ["1 a bound token as Bearer"] = new(call => call.Scheme = "Bearer", 401, "invalid_token", "scheme"),
        ["1 the scheme in lower case"] = new(call => call.Scheme = "dpop"),
        ["2 two parts"] = new(call => call.TokenText = "e30.e30", 401, "invalid_token", "malformed"),
        ["2 padded"] = new(call => call.TokenText = $"{call.World.Authority.Sign(call.TokenHeader, call.Token)}=", 401, "invalid_token", "malformed"),
        ["2 too long"] = new(call => call.Token["x"] = new string('x', 8192), 401, "invalid_token", "malformed"),
        ["2 a member twice"] = new(call => call.TokenText = $"{JwtKey.Part("""{"typ":"at+jwt","typ":"at+jwt","alg":"ES256"}""")}.e30.AA", 401, "invalid_token", "malformed"),
        ["2 typ JWT"] = new(call => call.TokenHeader["typ"] = "JWT", 401, "invalid_token", "malformed"),
        ["2 typ in upper case"] = new(call => call.TokenHeader["typ"] = "AT+JWT"),
        ["2 typ as media type"] = new(call => call.TokenHeader["typ"] = "application/at+jwt"),
        ["2 crit"] = new(call => call.TokenHeader["crit"] = new JsonArray("exp"), 401, "invalid_token", "malformed"),
        ["2 jwk"] = new(call => call.TokenHeader["jwk"] = call.World.Authority.PublicJwk, 401, "invalid_token", "malformed"),
        ["2 jku"] = new(call => call.TokenHeader["jku"] = "https://elsewhere.example/jwks", 401, "invalid_token", "malformed"),
        ["2 x5u"] = new(call => call.TokenHeader["x5u"] = "https://elsewhere.example/x", 401, "invalid_token", "malformed"),
        ["2 x5c"] = new(call => call.TokenHeader["x5c"] = new JsonArray("AA"), 401, "invalid_token", "malformed"),
        ["3 none"] = new(call => call.TokenText = $"{JwtKey.Part("""{"typ":"at+jwt","alg":"none","kid":"k1"}""")}.{JwtKey.Part(call.Token.ToJsonString())}.", 401, "invalid_token", "signature"),
        ["3 HS256"] = new(call => call.TokenHeader["alg"] = "HS256", 401, "invalid_token", "signature"),
        ["3 another algorithm than the key's"] = new(call => call.TokenHeader["alg"] = "ES384", 401, "invalid_token", "signature"),
        ["4 an unknown kid"] = new(call => call.TokenHeader["kid"] = "other", 401, "invalid_token", "signature"),
        ["4 no kid"] = new(call => call.TokenHeader.Remove("kid"), 401, "invalid_token", "signature"),
        ["4 signed by another key"] = new(call => call.TokenSigner = call.World.Licensing, 401, "invalid_token", "signature"),
        ["5 another issuer"] = new(call => call.Token["iss"] = "https://authority.example/", 401, "invalid_token", "issuer"),
        ["5 no issuer"] = new(call => call.Token.Remove("iss"), 401, "invalid_token", "issuer"),
        ["6 another audience"] = new(call => call.Token["aud"] = "attestor", 401, "invalid_token", "audience"),
        ["6 one audience in an array"] = new(call => call.Token["aud"] = new JsonArray("signer")),
        ["6 two audiences"] = new(call => call.Token["aud"] = new JsonArray("signer", "attestor"), 401, "invalid_token", "malformed"),
        ["6 the same audience twice"] = new(call => call.Token["aud"] = new JsonArray("signer", "signer"), 401, "invalid_token", "malformed"),
        ["6 no audience"] = new(call => call.Token.Remove("aud"), 401, "invalid_token", "malformed"),
        ["7 ended"] = new(call => Times(call, -200, -31), 401, "invalid_token", "expired"),
        ["7 ended within the skew"] = new(call => Times(call, -200, -29)),
        ["7 issued in the future"] = new(call => Times(call, 31, 100), 401, "invalid_token", "not_yet_valid"),
        ["7 issued within the skew"] = new(call => Times(call, 29, 100)),
        ["7 not before, later"] = new(call => call.Token["nbf"] = call.World.Clock.Now.ToUnixTimeSeconds() + 31, 401, "invalid_token", "not_yet_valid"),
        ["7 not before, past"] = new(call => call.Token["nbf"] = call.World.Clock.Now.ToUnixTimeSeconds() - 5),
        ["7 no end"] = new(call => call.Token.Remove("exp"), 401, "invalid_token", "expired"),
        ["7 no begin"] = new(call => call.Token.Remove("iat"), 401, "invalid_token", "malformed"),
        ["7 lives too long"] = new(call => Times(call, 0, 331), 401, "invalid_token", "lifetime"),
        ["7 lives as long as it may"] = new(call => Times(call, 0, 300)),
        ["7 a fraction"] = new(call => call.Token["iat"] = 1.5, 401, "invalid_token"),
        ["8 no scope"] = new(call => call.Token.Remove("scope"), 401, "invalid_token", "malformed"),
        ["8 another scope"] = new(call => call.Token["scope"] = "signer.read", 403, "insufficient_scope", "scope"),
        ["8 a longer word"] = new(call => call.Token["scope"] = "signer.signer signer.sign2", 403, "insufficient_scope", "scope"),
        ["8 among others"] = new(call => call.Token["scope"] = "a signer.sign b"),
        ["9 no tenant"] = new(call => call.Token.Remove("tid"), 401, "invalid_token", "malformed"),
        ["9 a tenant in upper case"] = new(call => call.Token["tid"] = "ACME", 401, "invalid_token", "malformed"),
        ["9 another tenant than the proof of entitlement's"] = new(call => call.Token["tid"] = "other", 403, "tenant_mismatch"),
        ["9 no installation"] = new(call => call.Token.Remove("inst"), 403, "installation_mismatch"),
        ["9 another installation"] = new(call => call.Token["inst"] = "inst-2", 403, "installation_mismatch"),
        ["10 bound to nobody"] = new(call => call.Token.Remove("cnf"), 401, "invalid_token", "malformed"),
        ["10 bound to two"] = new(call => call.Token["cnf"]!["x5t#S256"] = call.World.Client.Thumbprint, 401, "invalid_token", "malformed"),
        ["10 bound by a short thumbprint"] = new(call => call.Token["cnf"]!["jkt"] = "AA", 401, "invalid_token", "malformed"),
        ["10 bound to a certificate that is not there"] = new(call => (call.Scheme, call.Token["cnf"]) = ("Bearer", new JsonObject { ["x5t#S256"] = call.World.Client.Thumbprint }), 401, "client_certificate_required"),
        ["11 no id"] = new(call => call.Token.Remove("jti"), 401, "invalid_token", "malformed"),
        ["11 an id that is too long"] = new(call => call.Token["jti"] = new string('x', 129), 401, "invalid_token", "malformed"),
        ["11 called back"] = new(call => call.Token["jti"] = "revoked-token", 401, "invalid_token", "revoked"),
    };

    public static TheoryData<string> Names() => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task A_token_is_judged(string name) => Rows[name].CheckAsync(shared.World);

    [Fact]
    public async Task An_answer_does_not_tell_an_unknown_key_from_a_wrong_signature()
    {
        Call unknown = new(shared.World), wrong = new(shared.World) { TokenSigner = shared.World.Licensing };
        unknown.TokenHeader["kid"] = "other";
        Reply first = await unknown.SendAsync(), second = await wrong.SendAsync();
        Assert.Equal(first.Body!["detail"]!.GetValue<string>(), second.Body!["detail"]!.GetValue<string>());
        Assert.Equal(first.Header("WWW-Authenticate"), second.Header("WWW-Authenticate"));
        Assert.StartsWith("DPoP error=\"invalid_token\"", first.Header("WWW-Authenticate"));
        Assert.Contains("algs=\"ES256 EdDSA\"", first.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_scope_that_does_not_reach_is_told_which_one_would()
    {
        Call call = new(shared.World);
        call.Token["scope"] = "signer.read";
        Assert.Contains("scope=\"signer.sign\"", (await call.SendAsync()).Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_token_serves_for_several_requests()
    {
        Call first = new(shared.World), second = new(shared.World) { TokenText = null };
        string token = shared.World.Authority.Sign(first.TokenHeader, first.Token);
        (first.TokenText, second.TokenText) = (token, token);
        Assert.Equal(200, (await first.SendAsync()).Status);
        Assert.Equal(200, (await second.SendAsync()).Status);
    }

    [Fact]
    public async Task Keys_of_the_authority_that_are_too_old_decide_nothing()
    {
        await using World world = await World.StartAsync(configuration => configuration["authority"]!["maxAge"] = 3600);
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
        world.Clock.Now += TimeSpan.FromHours(2);
        Reply reply = await new Call(world).SendAsync();
        Assert.Equal((503, "signer_unavailable"), (reply.Status, reply.Code));
        Assert.NotEqual("", reply.Header("Retry-After"));
        File.SetLastWriteTimeUtc(world.FilePath("authority.json"), world.Clock.Now.UtcDateTime);
        world.Clock.Now += TimeSpan.FromSeconds(61);
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
    }

    [Fact]
    public async Task A_new_key_of_the_authority_is_found_after_a_minute()
    {
        await using World world = await World.StartAsync();
        using JwtKey next = new() { Id = "k2" };
        world.Write("authority.json", next.KeySet);
        File.SetLastWriteTimeUtc(world.FilePath("authority.json"), world.Clock.Now.UtcDateTime);
        Call Signed()
        {
            Call call = new(world) { TokenSigner = next };
            call.TokenHeader["kid"] = "k2";
            return call;
        }

        Assert.Equal("invalid_token", (await Signed().SendAsync()).Code);
        world.Clock.Now += TimeSpan.FromSeconds(61);
        Assert.Equal(200, (await Signed().SendAsync()).Status);
    }

    private static void Times(Call call, long issued, long ends)
    {
        long now = call.World.Clock.Now.ToUnixTimeSeconds();
        (call.Token["iat"], call.Token["exp"]) = (now + issued, now + ends);
    }
}
