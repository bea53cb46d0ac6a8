using System.Text.Json.Nodes;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signer.Tests;

/// <summary>A statement is signed, and everything about the answer holds.</summary>
public sealed class SignDsseTests
{
    [Fact]
    public async Task A_statement_is_signed_by_all_keys_of_the_profile_and_written_down()
    {
        await using World world = await World.StartAsync();
        Call call = new(world);
        call.Body["options"] = JsonNode.Parse("""{"mode": "keyful", "output": ["dsse", "sigstore"]}""");
        Reply reply = await call.SendAsync();
        Assert.True(reply.Status == 200, reply.Body?.ToJsonString());
        Assert.Equal(2, reply.Body!["bundle"]!["dsse"]!["signatures"]!.AsArray().Count);
        Assert.Equal(2, reply.Body["bundle"]!["sigstore"]!.AsArray().Count);
        Assert.Equal("no-store", reply.Message.Headers.CacheControl!.ToString());
        JsonNode line = Assert.Single(world.AuditLines());
        Assert.Equal("signed", line["outcome"]!.GetValue<string>());
        Assert.Equal("acme", line["tenant"]!.GetValue<string>());
        using FileStream log = File.OpenRead(Directory.GetFiles(world.FilePath("audit"))[0]);
        AuditCheck check = AuditChain.Check(log, signer: null);
        Assert.Null(check.Fault);
        Assert.Equal(check.Head, reply.Body["audit"]!["hash"]!.GetValue<string>());
    }
}
