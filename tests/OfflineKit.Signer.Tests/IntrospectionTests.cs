using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>Entitlements that are asked about: live, cached, stale, and never more than that.</summary>
public sealed class IntrospectionTests : IAsyncLifetime
{
    private readonly StubServer _licensing;
    private readonly JsonObject _answer = [];
    private World _world = null!;
    private Func<StubAnswer?> _says;

    public IntrospectionTests()
    {
        _says = () => new StubAnswer(200, _answer.ToJsonString());
        _licensing = new StubServer(request => request.Path == "/license/introspect" ? _says() : new StubAnswer(404, ""));
    }

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(Configure);
        Call model = new(_world);
        foreach ((string name, JsonNode? value) in model.Poe)
        {
            _answer[name] = value?.DeepClone();
        }

        _answer["active"] = true;
        _answer["revocationEpoch"] = 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        _licensing.Dispose();
    }

    [Fact]
    public async Task An_answer_is_live_then_cached_then_asked_for_again()
    {
        Assert.Equal("live", await StateAsync());
        Assert.Equal("cached", await StateAsync());
        _world.Clock.Now += TimeSpan.FromSeconds(299);
        Assert.Equal("cached", await StateAsync());
        _world.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("live", await StateAsync());
        Assert.Equal(2, _licensing.Requests);
    }

    [Fact]
    public async Task While_the_service_is_silent_its_last_answer_counts_half_for_a_day()
    {
        Assert.Equal("live", await StateAsync());
        await _world.StartAgainAsync(Configure);
        _says = () => null;
        _world.Clock.Now += TimeSpan.FromHours(23);
        Reply stale = await ReferenceAsync();
        Assert.True(stale.Status == 200, stale.Body?.ToJsonString());
        Assert.Equal(("stale", 500), (State(stale), stale.Body!["policy"]!["quota"]!["limit"]!.GetValue<int>()));
        _says = () => new StubAnswer(503, "");
        Assert.Equal("stale", await StateAsync());
        _world.Clock.Now += TimeSpan.FromHours(1);
        Assert.Equal("poe_unavailable", (await ReferenceAsync()).Code);
    }

    [Fact]
    public async Task The_licensing_service_hears_of_the_trace()
    {
        string heard = "";
        using StubServer licensing = new(request =>
        {
            heard = request.Trace;
            return new StubAnswer(200, _answer.ToJsonString());
        });
        await _world.StartAgainAsync(configuration =>
        {
            Configure(configuration);
            configuration["licensing"]!["url"] = licensing.Address.ToString();
        });
        Call call = new(_world);
        call.Headers.Add(("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        Assert.Equal("live", State(await call.SendAsync()));
        Assert.StartsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-", heard);
        Assert.DoesNotContain("00f067aa0ba902b7", heard);
    }

    [Fact]
    public async Task A_silent_service_is_asked_once_more_and_no_third_time()
    {
        int asked = 0;
        _says = () => asked++ == 0 ? null : new StubAnswer(200, _answer.ToJsonString());
        Assert.Equal("live", await StateAsync());
        Assert.Equal(2, asked);
        _says = () =>
        {
            asked++;
            return null;
        };
        Assert.Equal("poe_unavailable", (await ReferenceAsync("another")).Code);
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task Neither_a_cached_nor_a_last_answer_outlives_the_proof()
    {
        _answer["exp"] = _world.Clock.Now.ToUnixTimeSeconds() + 100;
        Assert.Equal("live", await StateAsync());
        _world.Clock.Now += TimeSpan.FromSeconds(99);
        Assert.Equal("cached", await StateAsync());
        _world.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("poe_expired", (await ReferenceAsync()).Code);
        await _world.StartAgainAsync(Configure);
        _says = () => null;
        Assert.Equal("poe_expired", (await ReferenceAsync()).Code);
    }

    [Fact]
    public async Task A_certificate_as_proof_wants_a_connection_that_has_one()
    {
        Call call = new(_world);
        call.Body["poe"] = new JsonObject { ["format"] = "mtls" };
        Assert.Equal("poe_invalid", (await call.SendAsync()).Code);
        Assert.Equal(0, _licensing.Requests);
        await _world.StartAgainAsync(configuration =>
        {
            Configure(configuration);
            configuration["listen"] = "https://127.0.0.1:0";
            configuration["tls"] = new JsonObject { ["certificate"] = "server.pem", ["key"] = "server.key" };
            configuration["mtls"] = new JsonObject { ["roots"] = new JsonObject { ["acme"] = "clients.pem" }, ["crl"] = "not-checked" };
        });
        using System.Security.Cryptography.X509Certificates.X509Certificate2 certificate = _world.Clients.Issue("urn:stellaops:client:scanner");
        string thumbprint = MutualTls.ClientCertificateCheck.ThumbprintOf(certificate);
        _answer["cnf"] = new JsonObject { ["x5t#S256"] = thumbprint };
        Call shown = new(_world) { Scheme = "Bearer", SendsProof = false };
        shown.Token["cnf"] = new JsonObject { ["x5t#S256"] = thumbprint };
        shown.Body["poe"] = new JsonObject { ["format"] = "mtls" };
        using SocketsHttpHandler handler = new() { SslOptions = { RemoteCertificateValidationCallback = Trust.Whoever, ClientCertificates = [certificate] } };
        using HttpClient http = new(handler);
        Assert.Equal("live", State(await shown.SendAsync(http)));
    }

    [Fact]
    public async Task Nothing_older_stands_in_for_an_answer_that_says_nothing()
    {
        Assert.Equal("live", await StateAsync());
        _world.Clock.Now += TimeSpan.FromSeconds(301);
        foreach (StubAnswer answer in (StubAnswer[])[new(200, "garbage"), new(200, "{}"), new(200, """{"active": "yes"}"""), new(401, ""), new(403, ""), new(200, """{"active": true}"""), new(302, "")])
        {
            _says = () => answer;
            Reply reply = await ReferenceAsync();
            Assert.True((503, "poe_unavailable") == (reply.Status, reply.Code), $"{answer.Status}: {reply.Code}");
        }
    }

    [Fact]
    public async Task A_refusal_is_never_replaced_by_an_older_answer()
    {
        Assert.Equal("live", await StateAsync());
        _world.Clock.Now += TimeSpan.FromSeconds(301);
        (_answer["active"], _answer["reason"]) = (false, "revoked");
        Assert.Equal("poe_revoked", (await ReferenceAsync()).Code);
        _says = () => null;
        Assert.Equal("poe_revoked", (await ReferenceAsync()).Code);
        _world.Clock.Now += TimeSpan.FromSeconds(31);
        Assert.Equal("poe_unavailable", (await ReferenceAsync()).Code);
        _says = () => new StubAnswer(200, """{"active": false, "reason": "expired"}""");
        Assert.Equal("poe_expired", (await ReferenceAsync()).Code);
    }

    [Fact]
    public async Task A_new_epoch_of_revocations_forgets_everything()
    {
        Assert.Equal("live", await StateAsync());
        _answer["revocationEpoch"] = 2;
        Assert.Equal("live", await StateAsync("another"));
        _says = () => null;
        Assert.Equal("poe_unavailable", (await ReferenceAsync()).Code);
    }

    [Fact]
    public async Task An_answer_in_the_database_that_somebody_changed_is_none()
    {
        Assert.Equal("live", await StateAsync());
        _says = () => null;
        await _world.StartAgainAsync(Configure);
        Assert.Equal("stale", await StateAsync());
        await _world.Host.Parts.Store.InTransactionAsync(session => session.Execute("UPDATE entitlement SET content = REPLACE(content, '\"daily\":1000', '\"daily\":9999')"), default);
        Assert.Equal("poe_unavailable", (await ReferenceAsync()).Code);
    }

    [Fact]
    public async Task An_answer_of_a_later_time_than_now_is_none()
    {
        Assert.Equal("live", await StateAsync());
        _says = () => null;
        await _world.StartAgainAsync(Configure);
        _world.Clock.Now -= TimeSpan.FromMinutes(5);
        Assert.Equal("poe_unavailable", (await ReferenceAsync()).Code);
    }

    [Fact]
    public async Task A_signed_proof_is_verified_here_and_asked_about()
    {
        _answer.Remove("cnf");
        Assert.Equal("live", State(await new Call(_world).SendAsync()));
        Assert.Equal("poe_invalid", (await new Call(_world) { PoeSigner = _world.Authority }.SendAsync()).Code);
        (_answer["active"], _answer["reason"]) = (false, "revoked");
        _world.Clock.Now += TimeSpan.FromSeconds(301);
        Assert.Equal("poe_revoked", (await new Call(_world).SendAsync()).Code);
    }

    [Fact]
    public async Task A_reference_is_bound_and_ends_as_the_service_says()
    {
        _answer["cnf"] = new JsonObject { ["jkt"] = _world.Authority.Thumbprint };
        Assert.Equal("poe_binding_mismatch", (await ReferenceAsync()).Code);
        _answer["exp"] = _world.Clock.Now.ToUnixTimeSeconds() - 1;
        Assert.Equal("poe_expired", (await ReferenceAsync("second")).Code);
    }

    private void Configure(JsonObject configuration)
    {
        JsonObject licensing = configuration["licensing"]!.AsObject();
        licensing.Remove("offline");
        licensing["url"] = _licensing.Address.ToString();
        licensing["cacheKey"] = "seal.key";
    }

    private Task<Reply> ReferenceAsync(string value = "reference")
    {
        Call call = new(_world);
        call.Body["poe"] = new JsonObject { ["format"] = "reference", ["value"] = value };
        return call.SendAsync();
    }

    private async Task<string> StateAsync(string value = "reference") => State(await ReferenceAsync(value));

    private static string State(Reply reply) => reply.Body?["policy"]?["entitlement"]?.GetValue<string>() ?? reply.Code;
}
