using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>What operators decide: keys, releases, bypasses; by certificate alone, two where two are wanted.</summary>
public sealed class AdminTests : IAsyncLifetime
{
    private const string Reason = "the registry of releases is down", Base = "/api/v1/signer/admin/";
    private readonly Operators _operators = new();
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(Configure);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_key_goes_its_way_and_never_back()
    {
        string id = KeyId();
        Assert.Equal("operator_conflict", (await AdminAsync("ada", $"keys/{id}/activate", Text())).Code);
        Assert.Equal("retiring", (await AdminAsync("ada", $"keys/{id}/retire", Text())).Body!["state"]!.GetValue<string>());
        Assert.Single((await new Call(_world).SendAsync()).Body!["bundle"]!["dsse"]!["signatures"]!.AsArray());
        Assert.Equal("retired", (await AdminAsync("ada", $"keys/{id}/retire", Text())).Body!["state"]!.GetValue<string>());
        Assert.Equal("revoked", (await AdminAsync("ada", $"keys/{id}/revoke", Text())).Body!["state"]!.GetValue<string>());
        Assert.Equal("operator_conflict", (await AdminAsync("ada", $"keys/{id}/activate", Text())).Code);
        Assert.Equal("operator_conflict", (await AdminAsync("ada", $"keys/{id}/revoke", Text())).Code);
        Assert.Equal("operator_conflict", (await AdminAsync("ada", $"keys/{id}/burn", Text())).Code);
        Assert.Equal("not_found", (await AdminAsync("ada", $"keys/{new string('0', 64)}/retire", Text())).Code);
        await _world.StartAgainAsync(Configure);
        Assert.Equal("operator_conflict", (await AdminAsync("ada", $"keys/{id}/retire", Text())).Code);
        Assert.Contains(_world.AuditLines(), line => line["format"]!.GetValue<string>() == "admin/keys" && line["outcome"]!.GetValue<string>() == "answered" && line["subject"]!.GetValue<string>().EndsWith(Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_decision_wants_an_operator_with_a_certificate()
    {
        string path = $"{Base}keys/{KeyId()}/retire";
        Call byProof = new(_world) { Path = path };
        byProof.Token["scope"] = "signer.admin";
        byProof.Proof["htu"] = "https://signer.example" + path;
        byProof.BodyText = Text().ToJsonString();
        Assert.Equal("client_certificate_required", (await byProof.SendAsync()).Code);
        Assert.Equal("insufficient_scope", (await AdminAsync("ada", $"keys/{KeyId()}/retire", Text(), scope: "signer.sign")).Code);
        Assert.Equal("malformed_request", (await AdminAsync("ada", $"keys/{KeyId()}/retire", new JsonObject { ["reason"] = "short" })).Code);
    }

    [Fact]
    public async Task Two_operators_release_a_scanner_for_days()
    {
        string digest = "sha256:" + new string('f', 64);
        JsonObject Approval(string version = "2.4.1 (2027.06)", int days = 2) => new() { ["digest"] = digest, ["version"] = version, ["reason"] = Reason, ["days"] = days };
        Assert.Equal("malformed_request", (await AdminAsync("ada", "release-approvals", Approval(days: 8))).Code);
        Assert.Equal(200, (await AdminAsync("ada", "release-approvals", Approval())).Status);
        Assert.Equal(200, (await AdminAsync("ada", "release-approvals", Approval())).Status);
        Assert.Equal("release_untrusted", await ScannedAsync(digest));
        Assert.Equal(2, (await AdminAsync("ben", "release-approvals", Approval())).Body!["approvals"]!.GetValue<int>());
        Assert.Equal("", await ScannedAsync(digest));
        await AdminAsync("ben", "release-approvals", Approval("2.4.2 (2027.07)"));
        Assert.Equal("release_untrusted", await ScannedAsync(digest));
        await AdminAsync("ben", "release-approvals", Approval());
        _world.Clock.Now += TimeSpan.FromDays(2);
        Assert.Equal("release_untrusted", await ScannedAsync(digest));
    }

    [Fact]
    public async Task Two_operators_let_a_tenant_pass_for_minutes()
    {
        string unknown = "sha256:" + new string('e', 64);
        Reply opened = await AdminAsync("ada", "bypass", Bypass());
        string id = opened.Body!["id"]!.GetValue<string>();
        Assert.Equal("release_untrusted", await ScannedAsync(unknown));
        Assert.Equal("operator_conflict", (await AdminAsync("ada", $"bypass/{id}/confirm", [])).Code);
        Assert.Equal("operator_conflict", (await AdminAsync("ben", $"bypass/{id}/extend", [])).Code);
        Assert.Equal(200, (await AdminAsync("ben", $"bypass/{id}/confirm", [])).Status);
        Assert.Equal("operator_conflict", (await AdminAsync("cid", $"bypass/{id}/confirm", [])).Code);
        Assert.Equal("", await ScannedAsync(unknown));
        Assert.Equal(id, _world.AuditLines()[^1]["bypass"]!.GetValue<string>());
        await _world.StartAgainAsync(Configure);
        Assert.Equal("", await ScannedAsync(unknown));
        Assert.Equal(200, (await AdminAsync("ada", $"bypass/{id}/extend", [])).Status);
        Assert.Equal(200, (await AdminAsync("ada", $"bypass/{id}/extend", [])).Status);
        Assert.Equal("operator_conflict", (await AdminAsync("ada", $"bypass/{id}/extend", [])).Code);
        _world.Clock.Now += TimeSpan.FromMinutes(15);
        Assert.Equal("release_untrusted", await ScannedAsync(unknown));
        Assert.Equal("not_found", (await AdminAsync("ada", $"bypass/{id}/extend", [])).Code);
    }

    [Fact]
    public async Task A_bypass_ends_when_it_is_ended_and_when_nobody_confirms_it()
    {
        string id = (await AdminAsync("ada", "bypass", Bypass())).Body!["id"]!.GetValue<string>();
        await AdminAsync("ben", $"bypass/{id}/confirm", []);
        Assert.Equal(200, (await AdminAsync("cid", $"bypass/{id}", null)).Status);
        Assert.Equal("release_untrusted", await ScannedAsync("sha256:" + new string('e', 64)));
        string late = (await AdminAsync("ada", "bypass", Bypass())).Body!["id"]!.GetValue<string>();
        _world.Clock.Now += TimeSpan.FromMinutes(5);
        Assert.Equal("not_found", (await AdminAsync("ben", $"bypass/{late}/confirm", [])).Code);
    }

    [Theory]
    [InlineData("kind", "\"authentication\"")]
    [InlineData("tenant", "\"*\"")]
    [InlineData("reasonCode", "\"because\"")]
    [InlineData("reason", "\"short\"")]
    [InlineData("minutes", "16")]
    [InlineData("ticket", "\"\"")]
    public async Task A_bypass_is_bounded(string member, string value)
    {
        JsonObject body = Bypass();
        body[member] = JsonNode.Parse(value);
        Assert.Equal("malformed_request", (await AdminAsync("ada", "bypass", body)).Code);
    }

    [Fact]
    public async Task Without_the_configuration_s_word_there_is_no_bypass()
    {
        await _world.StartAgainAsync(configuration =>
        {
            Configure(configuration);
            configuration.Remove("bypass");
        });
        Assert.Equal("plan_denied", (await AdminAsync("ada", "bypass", Bypass())).Code);
    }

    private static void Configure(JsonObject configuration)
    {
        Operators.Configure(configuration);
        configuration["release"]!["sources"]!.AsArray().Add(new JsonObject { ["kind"] = "approval" });
        configuration["bypass"] = new JsonObject { ["enabled"] = true };
    }

    private static JsonObject Text() => new() { ["reason"] = Reason };

    private static JsonObject Bypass() => new() { ["kind"] = "release", ["tenant"] = "acme", ["reasonCode"] = "emergency-incident", ["reason"] = Reason, ["minutes"] = 15, ["ticket"] = "INC-1" };

    private string KeyId() => _world.Host.Parts.Configuration.Profiles[0].Signers[1].Pinned.Fingerprint;

    private async Task<string> ScannedAsync(string digest)
    {
        Call call = new(_world);
        call.Body["scannerImageDigest"] = digest;
        Reply reply = await call.SendAsync();
        _world.Clock.Now += TimeSpan.FromSeconds(61);
        return reply.Code;
    }

    private Task<Reply> AdminAsync(string name, string path, JsonObject? body, string scope = "signer.admin") => _operators.AskAsync(_world, name, path, body, scope);
}
