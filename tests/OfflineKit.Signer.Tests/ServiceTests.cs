using System.Text.Json.Nodes;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Service;
using OfflineKit.Signing;

namespace OfflineKit.Signer.Tests;

/// <summary>Keys, audit log, health, configuration, demonstration.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task The_same_request_makes_the_same_payload_and_the_envelope_verifies()
    {
        await using World world = await World.StartAsync();
        Reply one = await new Call(world).SendAsync(), two = await new Call(world).SendAsync();
        Assert.Equal(one.Body!["payloadSha256"]!.GetValue<string>(), two.Body!["payloadSha256"]!.GetValue<string>());
        byte[] payload = Convert.FromBase64String(one.Body["bundle"]!["dsse"]!["payload"]!.GetValue<string>());
        Assert.Equal(
            """{"_type":"https://in-toto.io/Statement/v1","predicate":{"components":[],"count":0},"predicateType":"stella.ops/sbom@v1","subject":[{"digest":{"sha256":"1111111111111111111111111111111111111111111111111111111111111111"},"name":"registry.local/app"}]}""",
            System.Text.Encoding.UTF8.GetString(payload));
        string[] ids = [.. one.Body["bundle"]!["dsse"]!["signatures"]!.AsArray().Select(signature => signature!["keyid"]!.GetValue<string>())];
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        string envelope = one.Body["bundle"]!["dsse"]!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Assert.Equal(one.Body["bundleSha256"]!.GetValue<string>(), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(envelope))));
        world.Write("envelope.json", envelope);
        Testing.Execution verified = Testing.Client.Run(["verify-envelope", world.FilePath("envelope.json"), "--key", world.FilePath("signing.pub"), "--key", world.FilePath("second.pub"), "--threshold", "2"]);
        Assert.True(verified.ExitCode == 0, verified.Everything);
    }

    [Fact]
    public async Task Keys_are_published_with_their_states()
    {
        await using World world = await World.StartAsync(configuration => configuration["profiles"]![0]!["signers"]![1]!["state"] = "retiring");
        Reply keys = await new Call(world).Get("/api/v1/signer/keys").SendAsync();
        Assert.Equal(["active", "retiring", "active"], keys.Body!["keys"]!.AsArray().Select(key => key!["state"]!.GetValue<string>()));
        Assert.Equal(world.SigningKey.PublicPem, keys.Body["keys"]![0]!["publicKey"]!.GetValue<string>());
        Reply signed = await new Call(world).SendAsync();
        Assert.Single(signed.Body!["bundle"]!["dsse"]!["signatures"]!.AsArray());
        Call named = new(world);
        named.Body["options"] = new JsonObject { ["signers"] = new JsonArray("default", "second") };
        Assert.Equal("no_active_key", (await named.SendAsync()).Code);
    }

    [Fact]
    public async Task The_audit_log_is_answered_to_its_own_tenant_and_survives_a_restart()
    {
        await using World world = await World.StartAsync();
        for (int at = 0; at < 3; at++)
        {
            Assert.Equal(200, (await new Call(world).SendAsync()).Status);
        }

        await world.StartAgainAsync();
        Reply lines = await new Call(world).Get("/api/v1/signer/audit?after=1&limit=1").SendAsync();
        JsonNode record = Assert.Single(lines.Body!["records"]!.AsArray())!;
        Assert.Equal(2, record["sequence"]!.GetValue<long>());
        Assert.Equal("signed", record["record"]!["outcome"]!.GetValue<string>());
        Assert.Equal("malformed_request", (await new Call(world).Get("/api/v1/signer/audit?limit=1001").SendAsync()).Code);
        Call other = new Call(world).Get("/api/v1/signer/audit");
        other.Token["tid"] = "other";
        Assert.Empty((await other.SendAsync()).Body!["records"]!.AsArray());
    }

    [Fact]
    public async Task What_the_index_lost_is_read_from_the_files()
    {
        await using World world = await World.StartAsync();
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
        await world.StartAgainAsync();
        await world.Host.Parts.Store.InTransactionAsync(session => session.Execute("DELETE FROM audit_index"), default);
        await world.StartAgainAsync();
        await world.StartAgainAsync();
        Assert.Equal(1, (await world.Host.Parts.Store.InTransactionAsync(session => session.Query("SELECT COUNT(*) FROM audit_index", row => row.GetInt64(0)), default))[0]);
    }

    [Fact]
    public async Task Nothing_is_signed_that_cannot_be_written_down()
    {
        await using World world = await World.StartAsync(configuration => configuration["plans"]!["pro"]!["daily"] = 1);
        string log = Path.Combine(world.FilePath("audit"), "audit-2026-11.jsonl");
        File.WriteAllText(log, "no line of a log\n");
        Reply reply = await new Call(world).SendAsync();
        Assert.Equal((503, "audit_unavailable"), (reply.Status, reply.Code));
        Assert.Null(reply.Body!["bundle"]);
        Assert.Contains("audit", await (await world.Http.GetAsync(new Uri(world.Operations, "/healthz/ready"))).Content.ReadAsStringAsync());
        File.Delete(log);
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
    }

    [Fact]
    public async Task Health_is_told_on_its_own_listener()
    {
        await using World world = await World.StartAsync();
        Assert.Equal("live\n", await world.Http.GetStringAsync(new Uri(world.Operations, "/healthz/live")));
        Assert.Equal("ready\n", await world.Http.GetStringAsync(new Uri(world.Operations, "/healthz/ready")));
        Assert.Equal(404, (int)(await world.Http.GetAsync(new Uri(world.Operations, "/api/v1/signer/keys"))).StatusCode);
        Assert.Equal(404, (int)(await world.Http.GetAsync(new Uri(world.Address, "/healthz/live"))).StatusCode);
        world.Clock.Now -= TimeSpan.FromMinutes(10);
        HttpResponseMessage back = await world.Http.GetAsync(new Uri(world.Operations, "/healthz/ready"));
        Assert.Equal((503, "the clock went back\n"), ((int)back.StatusCode, await back.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_key_that_is_not_the_pinned_one_keeps_the_service_from_starting()
    {
        await using World world = await World.StartAsync();
        SigningException fault = await Assert.ThrowsAsync<SigningException>(() => world.StartAgainAsync(configuration => configuration["profiles"]![0]!["signers"]![0]!["publicKey"] = "release.pub"));
        Assert.Equal("sign.pin-mismatch", fault.Finding.Reason.Code);
        await world.StartAgainAsync();
    }

    [Fact]
    public async Task Every_fault_of_a_configuration_is_told_at_once()
    {
        await using World world = await World.StartAsync();
        JsonObject configuration = World.Configuration();
        configuration["lsiten"] = "x";
        configuration["listen"] = "http://0.0.0.0:80";
        configuration["authority"]!["jwks"] = "nowhere.json";
        configuration["plans"]!["pro"]!["qps"] = -1;
        configuration["profiles"]![0]!["plan"] = "free";
        configuration["profiles"]![1]!["signers"]![0]!["state"] = "tired";
        configuration["store"]!["kind"] = "mongo";
        ConfigurationException fault = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Parse(System.Text.Encoding.UTF8.GetBytes(configuration.ToJsonString()), world.Folder, world.Clock));
        foreach (string part in (string[])["unknown key \"lsiten\"", "http is for loopback alone", "nowhere.json does not exist", "qps: -1", "plan \"free\"", "\"tired\"", "\"mongo\""])
        {
            Assert.Contains(fault.Faults, line => line.Contains(part, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("the same requests", """{ "name": "twin", "tenant": "acme", "plan": "pro", "predicateTypes": ["a"], "signers": [ { "name": "d", "key": "signing.pem", "publicKey": "signing.pub" } ] }""")]
    [InlineData("a key belongs to one tenant", """{ "name": "other", "tenant": "other", "plan": "pro", "predicateTypes": ["a"], "signers": [ { "name": "d", "key": "signing.pem", "publicKey": "signing.pub" } ] }""")]
    [InlineData("no predicateTypes", """{ "name": "open", "tenant": "acme", "plan": "pro", "predicateType": "*", "signers": [] }""")]
    [InlineData("stands there twice", """{ "name": "double", "tenant": "acme", "plan": "*", "predicateTypes": ["a"], "signers": [ { "name": "d", "key": "signing.pem", "publicKey": "signing.pub" }, { "name": "e", "key": "signing.pem", "publicKey": "signing.pub" } ] }""")]
    public async Task A_profile_that_makes_the_choice_of_a_key_unclear_is_a_fault(string words, string profile)
    {
        await using World world = await World.StartAsync();
        JsonObject configuration = World.Configuration();
        configuration["profiles"]!.AsArray().Add(JsonNode.Parse(profile));
        ConfigurationException fault = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Parse(System.Text.Encoding.UTF8.GetBytes(configuration.ToJsonString()), world.Folder, world.Clock));
        Assert.Contains(fault.Faults, line => line.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("of another key", false, "1.3.6.1.5.5.7.3.3", 0)]
    [InlineData("not for code signing", true, "1.3.6.1.5.5.7.3.2", 0)]
    [InlineData("is not valid", true, "1.3.6.1.5.5.7.3.3", 400)]
    [InlineData("without the root", true, "1.3.6.1.5.5.7.3.3", -1)]
    [InlineData("", true, "1.3.6.1.5.5.7.3.3", 0)]
    public async Task Certificates_that_do_not_belong_to_a_key_are_a_fault(string words, bool isOfKey, string purpose, int days)
    {
        await using World world = await World.StartAsync();
        string leaf = world.Clients.IssueFor(isOfKey ? world.SigningKey.PublicPem : world.SecondKey.PublicPem, purpose);
        world.Write("chain.pem", leaf + (days < 0 ? world.Clients.RootPem : ""));
        world.Clock.Now += TimeSpan.FromDays(Math.Max(0, days));
        JsonObject configuration = World.Configuration();
        configuration["profiles"]![0]!["signers"]![0]!["chain"] = "chain.pem";
        if (words.Length == 0)
        {
            await world.StartAgainAsync(changed => changed["profiles"]![0]!["signers"]![0]!["chain"] = "chain.pem");
            Reply reply = await new Call(world).SendAsync();
            Assert.Contains(reply.Body!["signingIdentities"]!.AsArray(), identity => identity!["certificateChain"]!.AsArray() is [{ } only] && only.GetValue<string>().Trim() == leaf.Trim());
            return;
        }

        ConfigurationException fault = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Parse(System.Text.Encoding.UTF8.GetBytes(configuration.ToJsonString()), world.Folder, world.Clock));
        Assert.Contains(fault.Faults, line => line.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void A_demonstration_has_a_configuration_without_faults_and_says_what_it_is()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("signer-demo-").FullName, "demo");
        new Demonstration(folder, DateTimeOffset.UtcNow).Write();
        SignerConfiguration configuration = ConfigurationFile.Read(Path.Combine(folder, "signer.yaml"), TimeProvider.System);
        Assert.Contains(ConfigurationInWords.Of(configuration), line => line.StartsWith("DEMONSTRATION", StringComparison.Ordinal));
        Assert.Throws<Files.OutputException>(() => new Demonstration(folder, DateTimeOffset.UtcNow).Write());
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }
}
