using System.Text.Json.Nodes;
using OfflineKit.Signer.Configuration;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>Signatures under the service's own identity, by a Sigstore instance of build/peers.</summary>
public sealed class KeylessTests : IAsyncLifetime
{
    private World _world = null!;
    private SigstoreInstanceProcess _sigstore = null!;

    public async ValueTask InitializeAsync()
    {
        _sigstore = await SigstoreInstanceProcess.StartAsync();
        _world = await World.StartAsync();
        _world.Clock.Now = DateTimeOffset.UtcNow;
        await _sigstore.WriteTokenAsync(_world.FilePath("token"));

        // The instance's root without its logs, since the service asks none.
        JsonObject root = JsonNode.Parse(await File.ReadAllTextAsync(_sigstore.Root))!.AsObject();
        _world.Write("with-logs.json", root.ToJsonString());
        root.Remove("tlogs");
        _world.Write("root.json", root.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        await (_world?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_sigstore?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task A_statement_is_signed_under_an_identity_and_stamped()
    {
        await _world.StartAgainAsync(configuration => Keyless(configuration, "timestamp", _sigstore.Timestamps));
        _world.Write("app.tar", "an application\n");
        Reply reply = await Asked("sigstore").SendAsync();
        Assert.True(reply.Status == 200, _world.AuditLines()[^1].ToJsonString());
        JsonNode identity = Assert.Single(reply.Body!["signingIdentities"]!.AsArray())!;
        Assert.Equal(("keyless", "fulcio"), (identity["mode"]!.GetValue<string>(), identity["keySource"]!.GetValue<string>()));
        Assert.StartsWith("-----BEGIN CERTIFICATE", identity["certificateChain"]![0]!.GetValue<string>());
        _world.Write("bundle.json", reply.Body["bundle"]!["sigstore"]![0]!.ToJsonString());
        string[] who = ["--certificate-identity", "dev@example.com", "--certificate-oidc-issuer", _sigstore.Issuer];
        Execution verified = Client.Run(["verify-bundle", "app.tar", "--bundle", "bundle.json", "--trusted-root", "root.json", "--allow-timestamp-only", .. who], _world.Folder);
        Assert.True(verified.ExitCode == 0, verified.Everything);
        PeerTools.Must(_world.Folder, "cosign", ["verify-blob-attestation", "--bundle", "bundle.json", "--new-bundle-format", "--type", World.Sbom, "--use-signed-timestamps", "--insecure-ignore-tlog=true", "--trusted-root", "root.json", .. who, "app.tar"]);

        // One certificate serves until it nears its end.
        Reply second = await Asked("dsse").SendAsync();
        Assert.Equal(identity["keyid"]!.GetValue<string>(), second.Body!["signingIdentities"]![0]!["keyid"]!.GetValue<string>());
        _world.Clock.Now += TimeSpan.FromMinutes(9);
        Assert.Equal("signer_unavailable", await LaterAsync());
    }

    [Fact]
    public async Task An_attestor_that_logs_takes_the_place_of_a_timestamp()
    {
        await _world.StartAgainAsync(configuration => Keyless(configuration, "log", "attestor"));
        Reply reply = await Asked("dsse").SendAsync();
        Assert.True(reply.Status == 200, reply.Body?.ToJsonString());
        Assert.Equal("mode_not_allowed", (await Asked("sigstore").SendAsync()).Code);
    }

    [Fact]
    public async Task There_is_no_falling_back_from_one_mode_to_the_other()
    {
        await _world.StartAgainAsync(configuration => Keyless(configuration, "timestamp", _sigstore.Timestamps));
        Call keyful = Asked("dsse"), named = Asked("dsse"), notEntitled = Asked("dsse");
        keyful.Body["options"]!["mode"] = "keyful";
        named.Body["options"]!["signers"] = new JsonArray("default");
        notEntitled.Poe["entitlements"]!["modes"] = new JsonArray("keyful");
        Assert.Equal("mode_not_allowed", (await keyful.SendAsync()).Code);
        Assert.Equal("mode_not_allowed", (await named.SendAsync()).Code);
        Assert.Equal("plan_denied", (await notEntitled.SendAsync()).Code);
    }

    [Fact]
    public async Task Without_a_certificate_nothing_is_signed()
    {
        await _world.StartAgainAsync(configuration =>
        {
            Keyless(configuration, "timestamp", _sigstore.Timestamps);
            configuration["profiles"]![0]!["keyless"]!["identity"] = "somebody-else@example.com";
        });
        Assert.Equal("signer_unavailable", (await Asked("dsse").SendAsync()).Code);
        Assert.Equal("keyless.wrong-certificate", _world.AuditLines()[^1]["reason"]!.GetValue<string>());
        File.Delete(_world.FilePath("token"));
        Assert.Equal("signer_unavailable", (await Asked("dsse").SendAsync()).Code);
    }

    [Theory]
    [InlineData("timestamp", null, "wanted one of timestamp")]
    [InlineData("log", "attestor", "wanted one of timestamp")]
    [InlineData("trustedRoot", "with-logs.json", "lists logs")]
    [InlineData("signers", "", "wanted none")]
    [InlineData("fulcio", "http://fulcio.example", "wanted https")]
    public void A_keyless_profile_without_proof_of_time_or_with_keys_is_a_fault(string member, string? value, string words)
    {
        JsonObject configuration = World.Configuration();
        Keyless(configuration, "timestamp", _sigstore.Timestamps);
        JsonObject profile = configuration["profiles"]![0]!.AsObject(), keyless = profile["keyless"]!.AsObject();
        if (member == "signers")
        {
            profile["signers"] = new JsonArray(new JsonObject { ["name"] = "default", ["key"] = "signing.pem", ["publicKey"] = "signing.pub" });
        }
        else if (value is null)
        {
            keyless.Remove(member);
        }
        else
        {
            keyless[member] = value;
        }

        ConfigurationException fault = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Parse(System.Text.Encoding.UTF8.GetBytes(configuration.ToJsonString()), _world.Folder, _world.Clock));
        Assert.Contains(fault.Faults, line => line.Contains(words, StringComparison.Ordinal));
    }

    private void Keyless(JsonObject configuration, string proof, string value)
    {
        JsonObject profile = configuration["profiles"]![0]!.AsObject();
        profile.Remove("signers");
        profile["mode"] = "keyless";
        profile["keyless"] = new JsonObject { ["fulcio"] = _sigstore.Url, ["identityToken"] = "token", ["trustedRoot"] = "root.json", [proof] = value };
    }

    private Call Asked(string output)
    {
        Call call = new(_world);
        call.Body["subject"]![0]!["digest"]!["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("an application\n"u8));
        call.Body["options"] = new JsonObject { ["output"] = output == "dsse" ? new JsonArray("dsse") : new JsonArray("dsse", "sigstore") };
        call.Poe["entitlements"]!["modes"] = new JsonArray("keyless");
        return call;
    }

    // By then the certificate is renewed, and the token, which nobody kept fresh, is of another time.
    private async Task<string> LaterAsync()
    {
        File.WriteAllText(_world.FilePath("token"), "no token");
        return (await Asked("dsse").SendAsync()).Code;
    }
}
