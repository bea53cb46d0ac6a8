using System.Text.Json.Nodes;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>Keys that are not in a file: on a token, at a key service. The program itself is asked, since modules and services are found by its environment.</summary>
public sealed class KeysElsewhereTests : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_token_signs()
    {
        SoftToken token = SoftToken.In(_world);
        await using ServiceProcess service = await ServiceProcess.StartAsync(_world, configuration => One(configuration, SoftToken.Key, "token.pub", "pin"), token.Environment);
        JsonNode answer = await AskedAsync(service);
        Assert.Equal("pkcs11", answer["signingIdentities"]![0]!["keySource"]!.GetValue<string>());
        Verify(answer, "token.pub");
        Assert.Equal("pkcs11", _world.AuditLines()[^1]["signers"]![0]!["keySource"]!.GetValue<string>());
    }

    [Fact]
    public async Task Keys_do_not_sign()
    {
        using KeyService keys = new();
        _world.Write("service.pub", keys.PublicPem);
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _world,
            configuration =>
            {
                One(configuration, "awskms:///alias/signer", "service.pub", passwordFile: null);
                configuration["plans"]!["pro"]!["daily"] = 2;
            },
            keys.Environment);
        Verify(await AskedAsync(service), "service.pub");

        // The service refuses: nothing is signed, nothing is counted, the record says why, and readiness too once it tries.
        keys.IsUp = false;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal("signer_unavailable", (await AskedAsync(service))["code"]!.GetValue<string>());
        }

        JsonNode line = _world.AuditLines()[^1];
        Assert.Equal("failed", line["outcome"]!.GetValue<string>());
        Assert.StartsWith("service.", line["reason"]!.GetValue<string>());
        Assert.Contains(line["reason"]!.GetValue<string>(), await (await _world.Http.GetAsync(new Uri(service.Operations, "/healthz/ready"))).Content.ReadAsStringAsync());

        keys.IsUp = true;
        Verify(await AskedAsync(service), "service.pub");
        Assert.Equal("quota_daily", (await AskedAsync(service))["code"]!.GetValue<string>());
    }

    /// <summary>A configuration whose first profile has this key alone.</summary>
    internal static void One(JsonObject configuration, string key, string pinned, string? passwordFile)
    {
        JsonObject signer = new() { ["name"] = "default", ["key"] = key, ["publicKey"] = pinned };
        if (passwordFile is not null)
        {
            signer["passwordFile"] = passwordFile;
        }

        configuration["profiles"]![0]!["signers"] = new JsonArray(signer);
    }

    private async Task<JsonNode> AskedAsync(ServiceProcess service)
    {
        using HttpRequestMessage request = new Call(_world).Made(service.Address);
        using HttpResponseMessage answer = await _world.Http.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private void Verify(JsonNode answer, string key)
    {
        Assert.True(answer["bundle"] is not null, answer.ToJsonString());
        _world.Write("envelope.json", answer["bundle"]!["dsse"]!.ToJsonString());
        Execution verified = Client.Run(["verify-envelope", _world.FilePath("envelope.json"), "--key", _world.FilePath(key)]);
        Assert.True(verified.ExitCode == 0, verified.Everything);
    }
}
