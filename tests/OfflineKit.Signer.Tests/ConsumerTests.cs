using System.Text.Json.Nodes;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>Who takes what was signed: cosign, and an attestor that logs it.</summary>
public sealed class ConsumerTests
{
    [Fact]
    public async Task Cosign_accepts_each_bundle_without_a_network()
    {
        PeerTools.Needed("cosign");
        await using World world = await World.StartAsync();
        world.Write("app.tar", "an application\n");
        world.Write("root.json", "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}");
        Call call = new(world);
        call.Body["subject"]![0]!["digest"]!["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("an application\n"u8));
        call.Body["options"] = new JsonObject { ["output"] = new JsonArray("dsse", "sigstore") };
        Reply reply = await call.SendAsync();
        JsonArray bundles = reply.Body!["bundle"]!["sigstore"]!.AsArray();
        string[] keys = reply.Body["bundle"]!["dsse"]!["signatures"]![0]!["keyid"]!.GetValue<string>() == world.Host.Parts.Configuration.Profiles[0].Signers[0].Pinned.Fingerprint ? ["signing.pub", "second.pub"] : ["second.pub", "signing.pub"];
        for (int at = 0; at < bundles.Count; at++)
        {
            world.Write("bundle.json", bundles[at]!.ToJsonString());
            string[] command = ["verify-blob-attestation", "--bundle", "bundle.json", "--new-bundle-format", "--type", World.Sbom, "--trusted-root", "root.json", "--insecure-ignore-tlog=true", "--key", keys[at], "app.tar"];
            PeerTools.Must(world.Folder, "cosign", command);
            Assert.NotEqual(0, Execution.Of([PeerTools.Needed("cosign"), .. command[..^2], keys[1 - at], "app.tar"], world.Folder).ExitCode);
            Execution verified = Client.Run(["verify-bundle", "app.tar", "--bundle", "bundle.json", "--key", keys[at]], world.Folder);
            Assert.True(verified.ExitCode == 0, verified.Everything);
        }
    }

    [Fact]
    public async Task An_attestor_takes_the_envelope_as_it_is()
    {
        await using World world = await World.StartAsync();
        Reply signed = await new Call(world).SendAsync();
        JsonNode[] published = [.. (await new Call(world).Get("/api/v1/signer/keys").SendAsync()).Body!["keys"]!.AsArray().Select(key => key!)];

        // What it is handed is the member of the answer, byte for byte; it knows the signer's keys and nothing else.
        using StubServer attestor = new(request => Logged(world, request.Body, published));
        string text = await (await RawAsync(world)).Content.ReadAsStringAsync();
        string envelope = MemberOf(text, "\"dsse\":"), digest = JsonNode.Parse(text)!["bundleSha256"]!.GetValue<string>();
        using HttpResponseMessage logged = await world.Http.PostAsync(attestor.Address, new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(envelope)));
        JsonNode entry = JsonNode.Parse(await logged.Content.ReadAsStringAsync())!;
        Assert.Equal((200, digest), ((int)logged.StatusCode, entry["bundleSha256"]!.GetValue<string>()));
        using HttpResponseMessage changed = await world.Http.PostAsync(attestor.Address, new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(envelope.Replace("\"payload\":\"ey", "\"payload\":\"ex", StringComparison.Ordinal))));
        Assert.Equal(422, (int)changed.StatusCode);
        Assert.Equal(200, signed.Status);
    }

    private static async Task<HttpResponseMessage> RawAsync(World world)
    {
        using HttpRequestMessage request = new Call(world).Made();
        return await world.Http.SendAsync(request);
    }

    // The object that begins after `name`, as it stands in the text.
    private static string MemberOf(string text, string name)
    {
        int start = text.IndexOf(name, StringComparison.Ordinal) + name.Length, depth = 0, at = start;
        do
        {
            depth += text[at] is '{' ? 1 : text[at] is '}' ? -1 : 0;
            at++;
        }
        while (depth > 0);

        return text[start..at];
    }

    private static StubAnswer Logged(World world, string envelope, JsonNode[] published)
    {
        world.Write("logged.json", envelope);
        string[] keys = [.. published.DistinctBy(key => key["keyid"]!.GetValue<string>()).SelectMany(key =>
        {
            string file = key["keyid"]!.GetValue<string>() + ".pub";
            world.Write(file, key["publicKey"]!.GetValue<string>());
            return (string[])["--key", world.FilePath(file)];
        })];
        Execution verified = Client.Run(["verify-envelope", world.FilePath("logged.json"), .. keys, "--threshold", "2"]);
        return verified.ExitCode == 0
            ? new StubAnswer(200, new JsonObject { ["uuid"] = Guid.NewGuid().ToString(), ["index"] = 0, ["bundleSha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(envelope))) }.ToJsonString())
            : new StubAnswer(422, "{}");
    }
}
