using System.Text.Json.Nodes;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>Tokens and proofs that others made: an authority and a client library that are not ours.</summary>
public sealed class SampleTests
{
    [SharedTheory("samples")]
    [InlineData("proof", "POST", "")]
    [InlineData("proofWithNonce", "POST", "dpop_nonce")]
    [InlineData("proofWrongMethod", "POST", "dpop_htm")]
    [InlineData("proofOtherToken", "POST", "dpop_ath")]
    [InlineData("proofNoAth", "POST", "dpop_ath")]
    [InlineData("proofOtherKey", "POST", "dpop_key")]
    [InlineData("proofOtherUrl", "POST", "dpop_htu")]
    public async Task A_proof_of_another_implementation_is_judged(string name, string method, string reason)
    {
        string path = Testing.Repository.Path("..", "shared", "samples", "signer", "dpop-optok.json");
        Assert.SkipUnless(File.Exists(path), "the samples are not there");
        JsonNode sample = JsonNode.Parse(File.ReadAllText(path))!;
        await using World world = await World.StartAsync(configuration =>
        {
            configuration["authority"]!["issuer"] = sample["accessTokenClaims"]!["iss"]!.GetValue<string>();
            configuration["authority"]!["jwks"] = "sample.json";
        }, prepare: world => world.Write("sample.json", sample["issuerJwks"]!.ToJsonString()));
        world.Clock.Now = DateTimeOffset.FromUnixTimeSeconds(sample["accessTokenClaims"]!["iat"]!.GetValue<long>());
        File.SetLastWriteTimeUtc(world.FilePath("sample.json"), world.Clock.Now.UtcDateTime);
        Call call = new(world) { Method = method, TokenText = sample["accessToken"]!.GetValue<string>(), ProofText = sample[name]!.GetValue<string>() };
        (call.Poe["tid"], call.Poe["inst"], call.Poe["cnf"]) = ("tenant-a", "inst-1", new JsonObject { ["jkt"] = sample["dpopJkt"]!.GetValue<string>() });
        Reply reply = await call.SendAsync();

        // A sender that is believed gets as far as the profiles, of which none is for this tenant.
        Assert.Equal(reason.Length == 0 ? "plan_denied" : reason == "dpop_nonce" ? "use_dpop_nonce" : "invalid_dpop_proof", reply.Code);
        Assert.Equal(reason.Length == 0 ? "plan_denied" : reason, world.AuditLines()[^1]["reason"]!.GetValue<string>());
    }
}
