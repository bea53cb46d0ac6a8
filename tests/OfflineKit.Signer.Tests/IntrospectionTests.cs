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
