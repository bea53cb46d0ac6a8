using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>Proofs of entitlement, plans and released scanners, accepted and refused.</summary>
public sealed class EntitlementTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
    {
        ["another form"] = new(call => call.Body["poe"] = new JsonObject { ["format"] = "saml", ["value"] = "x" }, 400, "unsupported_poe_format"),
        ["a reference and nobody to ask"] = new(call => call.Body["poe"] = new JsonObject { ["format"] = "reference", ["value"] = "x" }, 400, "unsupported_poe_format"),
        ["a certificate with a value"] = new(call => call.Body["poe"] = new JsonObject { ["format"] = "mtls", ["value"] = "x" }, 400, "malformed_request"),
        ["no token"] = new(call => call.PoeText = "x.y.z", 403, "poe_invalid"),
        ["another type of token"] = new(call => call.PoeHeader["typ"] = "at+jwt", 403, "poe_invalid"),
        ["none"] = new(call => call.PoeHeader["alg"] = "none", 403, "poe_invalid"),
        ["signed by the authority"] = new(call => call.PoeSigner = call.World.Authority, 403, "poe_invalid"),
        ["another issuer"] = new(call => call.Poe["iss"] = "https://elsewhere.example", 403, "poe_invalid"),
        ["ended"] = new(call => call.Poe["exp"] = call.World.Clock.Now.ToUnixTimeSeconds() - 31, 403, "poe_expired"),
        ["not begun"] = new(call => call.Poe["iat"] = call.World.Clock.Now.ToUnixTimeSeconds() + 60, 403, "poe_invalid"),
        ["lives too long"] = new(call => call.Poe["exp"] = call.World.Clock.Now.ToUnixTimeSeconds() + (86400 * 401), 403, "poe_invalid"),
        ["no id"] = new(call => call.Poe.Remove("jti"), 403, "poe_invalid"),
        ["called back"] = new(call => call.Poe["jti"] = "revoked-poe", 403, "poe_revoked"),
        ["no binding"] = new(call => call.Poe.Remove("cnf"), 403, "poe_invalid"),
        ["bound to another key"] = new(call => call.Poe["cnf"] = new JsonObject { ["jkt"] = call.World.Authority.Thumbprint }, 403, "poe_binding_mismatch"),
        ["bound to a certificate with that thumbprint"] = new(call => call.Poe["cnf"] = new JsonObject { ["x5t#S256"] = call.World.Client.Thumbprint }, 403, "poe_binding_mismatch"),
        ["another tenant"] = new(call => call.Poe["tid"] = "other", 403, "tenant_mismatch"),
        ["another installation"] = new(call => call.Poe["inst"] = "inst-2", 403, "installation_mismatch"),
        ["a plan without profile"] = new(call => call.Poe["plan"] = "free", 403, "plan_denied"),
        ["no keyful signatures"] = new(call => call.Poe["entitlements"]!["modes"] = new JsonArray("keyless"), 403, "plan_denied"),
        ["other predicate types"] = new(call => call.Poe["entitlements"]!["predicateTypes"] = new JsonArray("stella.ops/vex@v1"), 403, "plan_denied"),
        ["this predicate type by name"] = new(call => call.Poe["entitlements"]!["predicateTypes"] = new JsonArray(World.Sbom)),
        ["an unknown right"] = new(call => call.Poe["entitlements"]!["everything"] = true, 403, "poe_invalid"),
        ["a month that is none"] = new(call => call.Poe["maxRelease"] = "2027.13", 403, "poe_invalid"),
        ["the scanner's own month"] = new(call => call.Poe["maxRelease"] = "2027.06"),
        ["a scanner of a month later"] = new(call => call.Poe["maxRelease"] = "2027.05", 403, "version_window_exceeded"),
        ["a scanner of a year later"] = new(call => call.Body["scannerImageDigest"] = World.NewScanner, 403, "version_window_exceeded"),
        ["a scanner without month"] = new(call => call.Body["scannerImageDigest"] = World.NamelessScanner, 403, "version_window_exceeded"),
        ["the month that the request claims is no matter"] = new(call => (call.Body["scannerImageDigest"], call.Body["scannerVersion"]) = (World.NewScanner, "2.5.0 (2026.01)"), 403, "version_window_exceeded"),
        ["a scanner that nobody released"] = new(call => call.Body["scannerImageDigest"] = "sha256:" + new string('e', 64), 403, "release_untrusted"),
        ["a scanner whose entry ended"] = new(call => call.Body["scannerImageDigest"] = World.EndedScanner, 403, "release_untrusted"),
        ["no scanner"] = new(call => call.Body.Remove("scannerImageDigest"), 400, "malformed_request"),
        ["a mode that the profile has not"] = new(call => call.Body["options"] = new JsonObject { ["mode"] = "keyless" }, 403, "mode_not_allowed"),
        ["a signer that the profile has not"] = new(call => call.Body["options"] = new JsonObject { ["signers"] = new JsonArray("third") }, 403, "mode_not_allowed"),
        ["one signer"] = new(call => call.Body["options"] = new JsonObject { ["signers"] = new JsonArray("second") }),
        ["a predicate type that no profile signs"] = new(call => call.Body["predicateType"] = "stella.ops/vex@v1", 422, "predicate_unsupported"),
        ["a report without policy"] = new(call => call.Body["predicateType"] = World.Report, 422, "policy_metadata_missing"),
        ["a report without views"] = new(call => Report(call, new JsonArray()), 422, "policy_metadata_missing"),
        ["a report"] = new(call => Report(call, new JsonArray("summary"))),
    };

    public static TheoryData<string> Names() => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task What_a_tenant_may_is_judged(string name) => Rows[name].CheckAsync(shared.World);

    [Fact]
    public async Task A_proof_of_entitlement_of_which_any_bit_was_changed_is_refused()
    {
        Call model = new(shared.World);
        string poe = shared.World.Licensing.Sign(model.PoeHeader, model.Poe);
        Random random = new(7);
        for (int round = 0; round < 60; round++)
        {
            char[] text = poe.ToCharArray();
            int at = random.Next(text.Length);
            text[at] = (char)(text[at] ^ (1 << random.Next(7)));
            Reply reply = await new Call(shared.World) { PoeText = new string(text) }.SendAsync();
            Assert.True(reply.Status is 403 or 400, $"{at}: {reply.Status} {reply.Code}");
        }
    }

    [Fact]
    public async Task An_allow_list_by_another_key_releases_nothing()
    {
        await using World world = await World.StartAsync();
        world.Write("allow-list.json", World.AllowList(world.Authority, $$"""[{"digest": "{{World.Scanner}}", "version": "2027.06", "notAfter": "2027-12-31T00:00:00Z", "approvedBy": "a", "reason": "b"}]"""));
        Assert.Equal("release_untrusted", (await new Call(world).SendAsync()).Code);
    }

    [Fact]
    public async Task Two_entries_for_one_scanner_release_nothing()
    {
        await using World world = await World.StartAsync();
        string entry = $$"""{"digest": "{{World.Scanner}}", "version": "2027.06", "notAfter": "2027-12-31T00:00:00Z", "approvedBy": "a", "reason": "b"}""";
        world.Write("allow-list.json", World.AllowList(world.ReleaseKey, $"[{entry}, {entry.Replace("2027.06", "2026.06", StringComparison.Ordinal)}]"));
        Assert.Equal("release_untrusted", (await new Call(world).SendAsync()).Code);
    }

    [Fact]
    public async Task A_question_about_a_scanner_is_answered()
    {
        Reply known = await new Call(shared.World).Get("/api/v1/signer/verify/referrers?digest=" + World.Scanner).SendAsync();
        Assert.True(known.Body!["trusted"]!.GetValue<bool>());
        Assert.Equal("allow-list", known.Body["source"]!.GetValue<string>());
        Reply unknown = await new Call(shared.World).Get("/api/v1/signer/verify/referrers?digest=sha256:" + new string('e', 64)).SendAsync();
        Assert.Equal((200, false), (unknown.Status, unknown.Body!["trusted"]!.GetValue<bool>()));
        Assert.Equal("no source knows this image", unknown.Body["reason"]!.GetValue<string>());
        Assert.Equal("invalid_digest", (await new Call(shared.World).Get("/api/v1/signer/verify/referrers?digest=sha256:AA").SendAsync()).Code);
    }

    private static void Report(Call call, JsonArray views)
    {
        call.Body["predicateType"] = World.Report;
        call.Body["predicate"]!["policy"] = new JsonObject { ["digest"] = "sha256:" + new string('f', 64), ["viewSet"] = views };
    }
}
