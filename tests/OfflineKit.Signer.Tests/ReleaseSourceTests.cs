using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>Released scanners in layouts and registries: signatures by the pinned key, found where each registry keeps them.</summary>
public sealed class ReleaseSourceTests
{
    private static readonly string Image = "sha256:" + Hex("the scanner's image");

    [Theory]
    [InlineData("good", "2.4.1 (2027.06)", "", "")]
    [InlineData("another key", "2.4.1 (2027.06)", "", "release_untrusted")]
    [InlineData("another image", "2.4.1 (2027.06)", "other", "release_untrusted")]
    [InlineData("two releases of one image", "2.4.1 (2027.06)|2.4.0 (2027.05)", "", "release_untrusted")]
    [InlineData("one release that is signed twice", "2.4.1 (2027.06)|2.4.1 (2027.06)", "", "")]
    [InlineData("no version", "", "", "version_window_exceeded")]
    [InlineData("a later version", "2.9.0 (2028.01)", "", "version_window_exceeded")]
    public async Task A_layout_releases_what_it_holds_a_signature_of(string why, string version, string image, string code)
    {
        await using World world = await World.StartAsync();
        Parts parts = Parts.Of(why == "another key" ? world.Authority : world.ReleaseKey, image.Length > 0 ? "sha256:" + Hex(image) : Image, version);
        WriteLayout(world.FilePath("layout"), parts);
        await world.StartAgainAsync(configuration => configuration["release"]!["sources"] = new JsonArray(new JsonObject { ["kind"] = "layout", ["path"] = "layout" }));
        Assert.Equal(code, await CodeAsync(world));
    }

    [Fact]
    public async Task What_one_source_trusts_and_another_refuses_is_ambiguous()
    {
        await using World world = await World.StartAsync();
        WriteLayout(world.FilePath("layout"), Parts.Of(world.Authority, World.Scanner, "2027.06"));
        await world.StartAgainAsync(configuration => configuration["release"]!["sources"]!.AsArray().Insert(0, new JsonObject { ["kind"] = "layout", ["path"] = "layout" }));
        Call call = new(world);
        Reply reply = await call.SendAsync();
        Assert.Equal("release_untrusted", reply.Code);
        Assert.StartsWith("ambiguous", reply.Body!["detail"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("tag", "")]
    [InlineData("referrers", "")]
    [InlineData("referrers-in-pages", "")]
    [InlineData("fall-back", "")]
    [InlineData("of-another-image", "release_untrusted")]
    [InlineData("changed-blob", "release_untrusted")]
    [InlineData("nothing", "release_untrusted")]
    [InlineData("endless", "release_untrusted")]
    [InlineData("too-many", "release_untrusted")]
    [InlineData("too-large", "release_check_unavailable")]
    [InlineData("elsewhere", "release_untrusted")]
    [InlineData("broken", "release_check_unavailable")]
    public async Task A_registry_releases_what_it_holds_a_signature_of(string registry, string code)
    {
        await using World world = await World.StartAsync();
        Parts parts = Parts.Of(world.ReleaseKey, registry == "of-another-image" ? World.NewScanner : Image, "2.4.1 (2027.06)");
        using StubServer server = new(request => Answer(registry, request, parts));
        await world.StartAgainAsync(configuration => configuration["release"]!["sources"] = new JsonArray(new JsonObject { ["kind"] = "registry", ["url"] = new Uri(server.Address, "/v2/stella/scanner").ToString() }));
        Assert.Equal(code, await CodeAsync(world));
    }

    [Fact]
    public async Task A_registry_that_is_not_there_decides_nothing()
    {
        await using World world = await World.StartAsync();
        await world.StartAgainAsync(configuration => configuration["release"]!["sources"] = new JsonArray(new JsonObject { ["kind"] = "registry", ["url"] = $"http://127.0.0.1:{StubServer.FreePort()}/v2/a" }));
        Assert.Equal("release_check_unavailable", await CodeAsync(world));
    }

    private static StubAnswer Answer(string registry, StubRequest request, Parts parts)
    {
        string path = request.Path["/v2/stella/scanner/".Length..], tag = $"sha256-{Image[7..]}";
        string index = new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(new JsonObject { ["mediaType"] = "application/vnd.oci.image.manifest.v1+json", ["digest"] = parts.ManifestDigest, ["size"] = parts.Manifest.Length }) }.ToJsonString();
        const string none = """{"schemaVersion": 2, "manifests": []}""";
        bool isSecond = request.Query.Length > 0;
        return (registry, path) switch
        {
            ("broken", _) => new StubAnswer(500, ""),
            ("tag" or "of-another-image" or "changed-blob", _) when path == $"manifests/{tag}.sig" => new StubAnswer(200, parts.Manifest),
            ("referrers", _) when path == $"referrers/{Image}" => new StubAnswer(200, index),
            ("referrers-in-pages", _) when path == $"referrers/{Image}" => isSecond ? new StubAnswer(200, index) : new StubAnswer(200, System.Text.Encoding.UTF8.GetBytes(none), ("Link", $"</v2/stella/scanner/referrers/{Image}?n=2>; rel=\"next\"")),
            ("endless", _) when path == $"referrers/{Image}" => new StubAnswer(200, System.Text.Encoding.UTF8.GetBytes(none), ("Link", $"</v2/stella/scanner/referrers/{Image}?n=2>; rel=\"next\"")),
            ("elsewhere", _) when path == $"referrers/{Image}" => new StubAnswer(200, System.Text.Encoding.UTF8.GetBytes(none), ("Link", "<http://127.0.0.1:1/v2/x>; rel=\"next\"")),
            ("too-many", _) when path == $"referrers/{Image}" => new StubAnswer(200, Many()),
            ("too-many", _) when path.StartsWith("manifests/sha256:", StringComparison.Ordinal) => new StubAnswer(200, Numbered(path)),
            ("too-large", _) when path == $"manifests/{tag}.sig" => new StubAnswer(200, new string(' ', (4 * 1024 * 1024) + 1)),
            ("fall-back", _) when path == $"manifests/{tag}" => new StubAnswer(200, index),
            (not "nothing", _) when path == $"manifests/{parts.ManifestDigest}" => new StubAnswer(200, parts.Manifest),
            (not "nothing", _) when path == $"blobs/{parts.PayloadDigest}" => new StubAnswer(200, registry == "changed-blob" ? [.. parts.Payload, (byte)' '] : parts.Payload),
            _ => new StubAnswer(404, ""),
        };
    }

    private static byte[] Manifest(int number) => System.Text.Encoding.UTF8.GetBytes($"{{\"schemaVersion\":2,\"layers\":[],\"annotations\":{{\"n\":\"{number}\"}}}}");

    private static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Many() => new JsonObject
    {
        ["schemaVersion"] = 2,
        ["manifests"] = new JsonArray([.. Enumerable.Range(0, 65).Select(number => new JsonObject { ["mediaType"] = "application/vnd.oci.image.manifest.v1+json", ["digest"] = DigestOf(Manifest(number)), ["size"] = Manifest(number).Length })]),
    }.ToJsonString();

    private static byte[] Numbered(string path) => Enumerable.Range(0, 65).Select(Manifest).First(manifest => path.EndsWith(DigestOf(manifest), StringComparison.Ordinal));

    [Fact]
    public async Task A_verdict_is_kept_for_a_day_and_a_refusal_for_a_minute()
    {
        await using World world = await World.StartAsync();
        async Task<string> AskedAsync(string digest)
        {
            Reply reply = await new Call(world).Get("/api/v1/signer/verify/referrers?digest=" + digest).SendAsync();
            return reply.Body!["trusted"]!.ToJsonString();
        }

        Assert.Equal(("true", "false"), (await AskedAsync(World.Scanner), await AskedAsync(Image)));
        world.Write("allow-list.json", World.AllowList(world.ReleaseKey, $$"""[{"digest": "{{Image}}", "version": "2027.06", "notAfter": "2027-12-31T00:00:00Z", "approvedBy": "a", "reason": "b"}]"""));
        world.Clock.Now += TimeSpan.FromSeconds(59);
        Assert.Equal(("true", "false"), (await AskedAsync(World.Scanner), await AskedAsync(Image)));
        world.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(("true", "true"), (await AskedAsync(World.Scanner), await AskedAsync(Image)));
        world.Clock.Now += TimeSpan.FromHours(24) - TimeSpan.FromSeconds(61);
        Assert.Equal("true", await AskedAsync(World.Scanner));
        world.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("false", await AskedAsync(World.Scanner));
    }

    private static async Task<string> CodeAsync(World world)
    {
        Call call = new(world);
        call.Body["scannerImageDigest"] = Image;
        return (await call.SendAsync()).Code;
    }

    private static void WriteLayout(string folder, Parts parts)
    {
        Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256"));
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllBytes(Path.Combine(folder, "blobs", "sha256", parts.ManifestDigest[7..]), parts.Manifest);
        parts.Payloads.ToList().ForEach(payload => File.WriteAllBytes(Path.Combine(folder, "blobs", "sha256", DigestOf(payload)[7..]), payload));
        File.WriteAllText(Path.Combine(folder, "index.json"), new JsonObject
        {
            ["schemaVersion"] = 2,
            ["manifests"] = new JsonArray(new JsonObject
            {
                ["mediaType"] = "application/vnd.oci.image.manifest.v1+json", ["digest"] = parts.ManifestDigest, ["size"] = parts.Manifest.Length,
                ["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = $"sha256-{parts.Image[7..]}.sig" },
            }),
        }.ToJsonString());
    }

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Signatures of an image as cosign keeps them: one layer for each version that is stated.</summary>
    private sealed record Parts(string Image, byte[][] Payloads, byte[] Manifest)
    {
        public byte[] Payload => Payloads[0];

        public string PayloadDigest => DigestOf(Payload);

        public string ManifestDigest => DigestOf(Manifest);

        public static Parts Of(JwtKey key, string image, string versions)
        {
            byte[][] payloads = [.. versions.Split('|').Select(version => Stated(image, version))];
            byte[] manifest = System.Text.Encoding.UTF8.GetBytes(new JsonObject
            {
                ["schemaVersion"] = 2, ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
                ["config"] = new JsonObject { ["mediaType"] = "application/vnd.oci.image.config.v1+json", ["digest"] = "sha256:" + Hex("{}"), ["size"] = 2 },
                ["layers"] = new JsonArray([.. payloads.Select(payload => new JsonObject
                {
                    ["mediaType"] = "application/vnd.dev.cosign.simplesigning.v1+json", ["digest"] = DigestOf(payload), ["size"] = payload.Length,
                    ["annotations"] = new JsonObject { ["dev.cosignproject.cosign/signature"] = Convert.ToBase64String(key.DerSignature(payload)) },
                })]),
            }.ToJsonString());
            return new Parts(image, payloads, manifest);
        }

        private static byte[] Stated(string image, string version) => System.Text.Encoding.UTF8.GetBytes(new JsonObject
        {
            ["critical"] = new JsonObject { ["identity"] = new JsonObject { ["docker-reference"] = "stella/scanner" }, ["image"] = new JsonObject { ["docker-manifest-digest"] = image }, ["type"] = "cosign container image signature" },
            ["optional"] = version.Length > 0 ? new JsonObject { ["version"] = version } : null,
        }.ToJsonString());
    }
}
