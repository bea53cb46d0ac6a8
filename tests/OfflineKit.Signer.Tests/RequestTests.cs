using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>The form of requests: what is refused before anybody is asked who they are.</summary>
public sealed class RequestTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
    {
        ["another type"] = new(call => call.ContentType = "text/plain", 415, "unsupported_media_type"),
        ["a type with parameters"] = new(call => call.ContentType = "application/json; charset=utf-8", 415, "unsupported_media_type"),
        ["no JSON"] = new(call => call.BodyText = "{", 400, "malformed_request"),
        ["an array"] = new(call => call.BodyText = "[]", 400, "malformed_request"),
        ["a byte order mark"] = new(call => call.BodyText = "\uFEFF{}", 400, "malformed_request"),
        ["a member twice"] = new(call => call.BodyText = """{"predicateType": "a", "predicateType": "b"}""", 400, "malformed_request"),
        ["a member twice in the predicate"] = new(call => call.BodyText = Whole(call).Replace("\"count\":0", "\"count\":0,\"count\":1", StringComparison.Ordinal), 400, "malformed_request"),
        ["an unknown member"] = new(call => call.Body["subjcet"] = 1, 400, "malformed_request"),
        ["an unknown option"] = new(call => call.Body["options"] = new JsonObject { ["signer"] = "x" }, 400, "malformed_request"),
        ["an integer beyond 2^53"] = new(call => call.BodyText = Whole(call).Replace("\"count\":0", "\"count\":9007199254740993", StringComparison.Ordinal), 400, "malformed_request"),
        ["the largest integer"] = new(call => call.Body["predicate"]!["count"] = 9007199254740991),
        ["too deep"] = new(call => call.BodyText = Whole(call).Replace("\"count\":0", $"\"count\":{new string('[', 70)}{new string(']', 70)}", StringComparison.Ordinal), 400, "malformed_request"),
        ["a predicate that is no object"] = new(call => call.Body["predicate"] = 1, 400, "malformed_request"),
        ["no subject"] = new(call => call.Body["subject"] = new JsonArray(), 400, "malformed_request"),
        ["1025 subjects"] = new(call => call.Body["subject"] = Subjects(1025), 400, "malformed_request"),
        ["100 subjects"] = new(call => call.Body["subject"] = Subjects(100)),
        ["a subject without name"] = new(call => call.Body["subject"]![0]!["name"] = "", 400, "malformed_request"),
        ["a digest in upper case"] = new(call => call.Body["subject"]![0]!["digest"]!["sha256"] = new string('A', 64), 400, "invalid_digest"),
        ["a short digest"] = new(call => call.Body["subject"]![0]!["digest"]!["sha256"] = "11", 400, "invalid_digest"),
        ["no SHA-256"] = new(call => call.Body["subject"]![0]!["digest"] = new JsonObject { ["sha512"] = new string('1', 128) }, 400, "invalid_digest"),
        ["SHA-512 besides"] = new(call => call.Body["subject"]![0]!["digest"]!["sha512"] = new string('1', 128)),
        ["MD5 besides"] = new(call => call.Body["subject"]![0]!["digest"]!["md5"] = new string('1', 32), 400, "invalid_digest"),
        ["a subject twice"] = new(call => call.Body["subject"]!.AsArray().Add(call.Body["subject"]![0]!.DeepClone()), 422, "subject_conflict"),
        ["one digest under two names"] = new(call => call.Body["subject"]!.AsArray().Add(new JsonObject { ["name"] = "b", ["digest"] = new JsonObject { ["sha256"] = new string('1', 64) } })),
        ["a scanner's digest in upper case"] = new(call => call.Body["scannerImageDigest"] = "sha256:" + new string('A', 64), 400, "invalid_digest"),
        ["no signer"] = new(call => call.Body["options"] = new JsonObject { ["signers"] = new JsonArray() }, 400, "malformed_request"),
        ["a signer twice"] = new(call => call.Body["options"] = new JsonObject { ["signers"] = new JsonArray("default", "default") }, 400, "malformed_request"),
        ["bundles alone"] = new(call => call.Body["options"] = new JsonObject { ["output"] = new JsonArray("sigstore") }, 400, "malformed_request"),
        ["bundles of a statement with SHA-512"] = new(call => (call.Body["subject"]![0]!["digest"]!["sha512"], call.Body["options"]) = (new string('1', 128), new JsonObject { ["output"] = new JsonArray("dsse", "sigstore") })),
        ["a statement larger than the plan allows"] = new(call => call.Body["predicate"]!["text"] = new string('x', 20000), 413, "artifact_too_large"),
        ["an idempotency key with a blank"] = new(call => call.Headers.Add(("Idempotency-Key", "a b")), 400, "malformed_request"),
        ["another address"] = new(call => call.Path = "/api/v1/signer/sign/everything", 404, "not_found"),
        ["another method"] = new(call => call.Get("/api/v1/signer/sign/dsse"), 404, "not_found"),
    };

    public static TheoryData<string> Names() => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task A_request_is_read(string name) => Rows[name].CheckAsync(shared.World);

    [Fact]
    public async Task A_body_that_is_too_long_is_not_read_to_its_end()
    {
        await using World world = await World.StartAsync(configuration => configuration["limits"]!["bodyBytes"] = 4096);
        Call call = new(world) { BodyText = "{\"a\": \"" + new string('x', 5000) + "\"}" };
        Reply reply = await call.SendAsync();
        Assert.Equal((413, "artifact_too_large"), (reply.Status, reply.Code));
        Assert.False(File.Exists(Path.Combine(world.FilePath("audit"), "audit-2026-11.jsonl")));
    }

    [Fact]
    public async Task An_address_that_asks_too_much_is_refused_before_anybody_is_asked_who_they_are()
    {
        await using World world = await World.StartAsync(configuration => configuration["limits"]!["requestsPerAddress"] = 1);
        List<Reply> replies = [];
        for (int at = 0; at < 12; at++)
        {
            replies.Add(await new Call(world) { SendsToken = false }.SendAsync());
        }

        Assert.Equal("token_missing", replies[0].Code);
        Assert.Contains(replies, reply => reply is { Status: 429, Code: "quota_rate" } && reply.Header("Retry-After") == "1");
    }

    [Fact]
    public async Task A_problem_has_all_its_members_and_the_request_s_own_id()
    {
        Call call = new(shared.World) { SendsToken = false };
        call.Headers.Add(("X-Request-Id", "my-id.1"));
        Reply reply = await call.SendAsync();
        Assert.Equal("application/problem+json", reply.Message.Content.Headers.ContentType!.ToString());
        Assert.Equal(["type", "title", "status", "code", "detail", "requestId"], reply.Body!.AsObject().Select(member => member.Key));
        Assert.Equal("my-id.1", reply.Body["requestId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_key_for_repeating_gives_the_same_answer_once_more_and_no_other()
    {
        Call first = new(shared.World), second = new(shared.World), other = new(shared.World);
        string key = Guid.NewGuid().ToString();
        new[] { first, second, other }.ToList().ForEach(call => call.Headers.Add(("Idempotency-Key", key)));
        Reply one = await first.SendAsync();
        second.BodyText = first.Body.ToJsonString();
        Reply two = await second.SendAsync();
        Assert.True(two.Status == 200, two.Body!.ToJsonString());
        Assert.Equal(one.Body!.ToJsonString(), two.Body!.ToJsonString());
        other.Body["predicate"]!["count"] = 2;
        Assert.Equal("idempotency_conflict", (await other.SendAsync()).Code);
    }

    private static string Whole(Call call)
    {
        call.Body["poe"] = new JsonObject { ["format"] = "jwt", ["value"] = call.World.Licensing.Sign(call.PoeHeader, call.Poe) };
        return call.Body.ToJsonString();
    }

    private static JsonArray Subjects(int count) => [.. Enumerable.Range(0, count).Select(at => new JsonObject { ["name"] = $"s{at}", ["digest"] = new JsonObject { ["sha256"] = new string('1', 64) } })];
}
