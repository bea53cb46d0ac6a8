using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>The provenance of an export is signed, and <c>verify-export</c> accepts the export that carries it.</summary>
public sealed class SignExportTests
{
    [Fact]
    public async Task An_export_that_carries_the_answer_is_trusted()
    {
        await using World world = await World.StartAsync();
        string export = world.FilePath("export");
        Directory.CreateDirectory(Path.Combine(export, "manifests"));
        world.Write("export/report.json", "{}\n");
        string digest = Hex(File.ReadAllBytes(Path.Combine(export, "report.json")));
        world.Write("export/manifests/export.json", $$"""
            {"schema": "https://stellaops.io/export-center/manifest/v1alpha2", "version": "1.1.0", "exportId": "exp-000001", "profile": {"kind": "json", "variant": "raw", "name": "all"}, "tenant": "acme",
             "selectors": {}, "generatedAt": "2026-11-30T12:00:00Z", "contents": [{"path": "report.json", "digest": "sha256:{{digest}}", "bytes": 3}]}
            """);
        Reply reply = await Asked(world, Hex(File.ReadAllBytes(Path.Combine(export, "manifests", "export.json")))).SendAsync();
        Assert.True(reply.Status == 200, reply.Body?.ToJsonString());
        world.Write("export/manifests/provenance.json", reply.Body!["bundle"]!["dsse"]!.ToJsonString());
        Assert.StartsWith("sha-256=", reply.Body["headers"]!["Digest"]!.GetValue<string>());

        Execution verified = Client.Run(["verify-export", export, "--layout", "export-center", "--key", world.FilePath("signing.pub")]);
        Assert.True(verified.ExitCode == 0, verified.Everything);
        world.Write("export/report.json", "[]\n");
        Assert.Equal(1, Client.Run(["verify-export", export, "--layout", "export-center", "--key", world.FilePath("signing.pub")]).ExitCode);
    }

    [Fact]
    public async Task The_statement_s_own_signature_is_by_the_same_key()
    {
        await using World world = await World.StartAsync();
        Reply reply = await Asked(world, new string('1', 64)).SendAsync();
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(world.SigningKey.PublicPem);
        byte[] statement = Convert.FromBase64String(reply.Body!["bundle"]!["dsse"]!["payload"]!.GetValue<string>());
        Assert.True(key.VerifyData(statement, Convert.FromBase64String(reply.Body["manifestSignature"]!.GetValue<string>()), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        Assert.Equal(JsonNode.Parse(statement)!.ToJsonString(), reply.Body["provenance"]!.ToJsonString());
    }

    [Theory]
    [InlineData("exportId", "\"UPPER-CASE\"", "malformed_request")]
    [InlineData("manifest", """{"sha256": "AA", "bytes": 1, "mediaType": "application/json"}""", "invalid_digest")]
    [InlineData("manifest", """{"sha256": "1111111111111111111111111111111111111111111111111111111111111111", "bytes": -1, "mediaType": "application/json"}""", "malformed_request")]
    [InlineData("materials", """[{"uri": "a", "digest": {}, "name": "b"}]""", "malformed_request")]
    [InlineData("tool", """{"name": "a"}""", "malformed_request")]
    [InlineData("extra", "1", "malformed_request")]
    public async Task A_request_that_is_not_as_it_must_be_is_refused(string member, string value, string code)
    {
        await using World world = await World.StartAsync();
        Call call = Asked(world, new string('1', 64));
        call.Body[member] = JsonNode.Parse(value);
        Assert.Equal(code, (await call.SendAsync()).Code);
    }

    private static Call Asked(World world, string manifest)
    {
        Call call = new(world) { Path = "/api/v1/signer/sign/export" };
        call.Proof["htu"] = "https://signer.example/api/v1/signer/sign/export";
        new[] { "subject", "predicateType", "predicate", "scannerImageDigest" }.ToList().ForEach(name => call.Body.Remove(name));
        call.Body["exportId"] = "exp-000001";
        call.Body["manifest"] = new JsonObject { ["sha256"] = manifest, ["bytes"] = 100, ["mediaType"] = "application/json" };
        call.Body["archive"] = new JsonObject { ["sha256"] = new string('2', 64), ["bytes"] = 1000 };
        call.Body["materials"] = JsonNode.Parse("""[{"uri": "pkg:oci/app", "digest": {"sha256": "3333333333333333333333333333333333333333333333333333333333333333"}}]""");
        call.Body["tool"] = new JsonObject { ["name"] = "stella", ["version"] = "2.4.1" };
        return call;
    }

    private static string Hex(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
