using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>Released scanners in a real registry, which has no referrers: the tag that stands in for them, and cosign's.</summary>
public sealed class RegistryPeerTests : IAsyncLifetime
{
    private const string Repository = "v2/stella/scanner/", ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private readonly string _folder = Directory.CreateTempSubdirectory("signer-registry-").FullName;
    private readonly Uri _address = new($"http://127.0.0.1:{StubServer.FreePort()}/");
    private readonly HttpClient _http = new();
    private PeerProcess? _registry;
    private World _world = null!;

    public async ValueTask InitializeAsync()
    {
        PeerTools.Needed("docker-registry");
        File.WriteAllText(Path.Combine(_folder, "config.yml"), $"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {_folder}/data}}}}\nhttp: {{addr: {_address.Authority}}}\n");
        _registry = await PeerProcess.StartAsync(new Uri(_address, "v2/"), _folder, "docker-registry", "serve", "config.yml");
        _world = await World.StartAsync(configuration => configuration["release"]!["sources"] = new JsonArray(new JsonObject { ["kind"] = "registry", ["url"] = new Uri(_address, Repository.TrimEnd('/')).ToString() }));
    }

    public async ValueTask DisposeAsync()
    {
        await (_world?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_registry?.DisposeAsync() ?? ValueTask.CompletedTask);
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_signature_under_the_tag_of_cosign_is_found()
    {
        string image = await PushImageAsync("one");
        Assert.Equal("release_untrusted", await CodeAsync(image));
        await PushSignatureAsync(image, _world.ReleaseKey, $"sha256-{image[7..]}.sig");
        _world.Clock.Now += TimeSpan.FromSeconds(61);
        Assert.Equal("", await CodeAsync(image));
    }

    [Fact]
    public async Task A_signature_in_the_list_that_stands_in_for_referrers_is_found()
    {
        string image = await PushImageAsync("two");
        (string digest, int size) = await PushSignatureAsync(image, _world.ReleaseKey, tag: null);
        string index = $"{{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[{{\"mediaType\":\"{ManifestType}\",\"digest\":\"{digest}\",\"size\":{size}}}]}}";
        await PutAsync($"manifests/sha256-{image[7..]}", index, "application/vnd.oci.image.index.v1+json");
        Assert.Equal("", await CodeAsync(image));
    }

    [Fact]
    public async Task The_signature_of_another_image_or_by_another_key_releases_nothing()
    {
        string image = await PushImageAsync("three"), other = await PushImageAsync("four");
        await PushSignatureAsync(other, _world.ReleaseKey, $"sha256-{image[7..]}.sig");
        Assert.Equal("release_untrusted", await CodeAsync(image));
        await PushSignatureAsync(other, _world.Authority, $"sha256-{other[7..]}.sig");
        Assert.Equal("release_untrusted", await CodeAsync(other));
    }

    private async Task<string> CodeAsync(string image)
    {
        Call call = new(_world);
        call.Body["scannerImageDigest"] = image;
        return (await call.SendAsync()).Code;
    }

    private Task<string> PushImageAsync(string text) => PushManifestAsync(text, "application/vnd.oci.image.layer.v1.tar", annotations: null, text);

    private async Task<(string Digest, int Size)> PushSignatureAsync(string image, JwtKey key, string? tag)
    {
        string payload = new JsonObject
        {
            ["critical"] = new JsonObject { ["identity"] = new JsonObject { ["docker-reference"] = "stella/scanner" }, ["image"] = new JsonObject { ["docker-manifest-digest"] = image }, ["type"] = "cosign container image signature" },
            ["optional"] = new JsonObject { ["version"] = "2.4.1 (2027.06)" },
        }.ToJsonString();
        JsonObject annotations = new() { ["dev.cosignproject.cosign/signature"] = Convert.ToBase64String(key.DerSignature(System.Text.Encoding.UTF8.GetBytes(payload))) };
        string digest = await PushManifestAsync(payload, "application/vnd.dev.cosign.simplesigning.v1+json", annotations, tag);
        return (digest, _last);
    }

    private int _last;

    private async Task<string> PushManifestAsync(string layer, string type, JsonObject? annotations, string? tag)
    {
        JsonObject descriptor = new() { ["mediaType"] = type, ["digest"] = await PushBlobAsync(layer), ["size"] = layer.Length };
        if (annotations is not null)
        {
            descriptor["annotations"] = annotations;
        }

        string manifest = new JsonObject
        {
            ["schemaVersion"] = 2, ["mediaType"] = ManifestType,
            ["config"] = new JsonObject { ["mediaType"] = "application/vnd.oci.image.config.v1+json", ["digest"] = await PushBlobAsync("{}"), ["size"] = 2 },
            ["layers"] = new JsonArray(descriptor),
        }.ToJsonString();
        _last = manifest.Length;
        await PutAsync($"manifests/{tag ?? DigestOf(manifest)}", manifest, ManifestType);
        return DigestOf(manifest);
    }

    private async Task<string> PushBlobAsync(string content)
    {
        using HttpResponseMessage opened = await _http.PostAsync(new Uri(_address, Repository + "blobs/uploads/"), content: null);
        Uri upload = new(_address, opened.Headers.Location!);
        await PutAsync($"{upload}{(upload.Query.Length > 0 ? "&" : "?")}digest={DigestOf(content)}", content, "application/octet-stream");
        return DigestOf(content);
    }

    private async Task PutAsync(string path, string content, string type)
    {
        using ByteArrayContent body = new(System.Text.Encoding.UTF8.GetBytes(content));
        body.Headers.ContentType = new(type);
        using HttpResponseMessage answer = await _http.PutAsync(new Uri(new Uri(_address, Repository), path), body);
        Assert.True((int)answer.StatusCode == 201, await answer.Content.ReadAsStringAsync());
    }

    private static string DigestOf(string content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
}
