using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>Whatever a host says, the engine lives on and answers every id exactly once.</summary>
public sealed class ServeTests
{
    private const string Bye = """{"verb":"bye"}""";
    private static readonly string Vector = Repository.Path("tests", "vectors", "minisign", "prehashed"), Keys = Repository.Path("tests", "vectors", "minisign", "_keys");
    private static readonly string Good = Path.Combine(Vector, "a.txt"), Alice = Path.Combine(Keys, "alice.pub");

    [Fact]
    public void A_good_file_is_valid_and_the_engine_ends_with_a_count()
    {
        Engine engine = Engine.Asked(Verify("1", Good), Bye);
        Assert.Contains("\"protocol\":1", engine.Hello, StringComparison.Ordinal);
        Assert.Equal("valid", Status(engine.Only("1")));
        Assert.True(engine.Only("1").GetProperty("report").GetProperty("trusted").GetBoolean());
        Assert.True(engine.SaidBye);
        Assert.Equal(1, engine.Answers[^1].GetProperty("answered").GetInt32());
        Assert.Equal((0, ""), (engine.ExitCode, engine.Stderr));
    }

    [Fact]
    public void A_file_without_signature_is_not_signed_and_a_missing_one_an_error()
    {
        string unsigned = Path.GetTempFileName();
        try
        {
            Engine engine = Engine.Asked(Verify("1", unsigned), Verify("2", "/does/not/exist"), Bye);
            Assert.Equal("not-signed", Status(engine.Only("1")));
            Assert.Equal("path-not-found", Code(engine.Only("2")));
        }
        finally
        {
            File.Delete(unsigned);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1e999")]
    [InlineData("{}")]
    [InlineData("""{"verb":"verify"}""")]
    [InlineData("""{"id":"","verb":"verify","path":"a"}""")]
    [InlineData("""{"id":7,"verb":"verify","path":"a"}""")]
    [InlineData("""{"id":"x","id":"x","verb":"verify","path":"a"}""")]
    [InlineData("""{"id":"x","verb":["verify"],"path":"a"}""")]
    [InlineData("{\"id\":\"x\",\"verb\":\"verify\",\"path\":\"a\"} trailing")]
    [InlineData("\u0000")]
    [InlineData("{\"id\":\"x\u0000\"")]
    public void A_line_that_is_no_request_is_answered_without_id_and_the_next_one_is_served(string line)
    {
        Engine engine = Engine.Asked(line, Verify("after", Good), Bye);
        Assert.Equal(1, engine.Anonymous);
        Assert.Equal("valid", Status(engine.Only("after")));
        Assert.True(engine.SaidBye);
    }

    [Theory]
    [InlineData("""{"id":"1","verb":"nothing"}""")]
    [InlineData("""{"id":"1","verb":"verify"}""")]
    [InlineData("""{"id":"1","verb":"verify","path":7}""")]
    [InlineData("""{"id":"1","verb":"verify","path":"a","certificateIdentiy":"misspelt"}""")]
    [InlineData("""{"id":"1","verb":"verify","path":"-"}""")]
    [InlineData("""{"id":"1","verb":"verify","path":"a","publicKey":"-"}""")]
    [InlineData("""{"id":"1","verb":"verify","path":"a","signaturePath":"-"}""")]
    [InlineData("""{"id":"1","verb":"verify","path":"a","content":"not base64!"}""")]
    [InlineData("""{"id":"1","verb":"inspect","path":"-"}""")]
    [InlineData("""{"id":"1","verb":"inspect","path":"a","unknown":true}""")]
    [InlineData("""{"id":"1","verb":"trust-list","path":"a"}""")]
    [InlineData("""{"id":"1","verb":"trust-read","path":"-"}""")]
    public void A_request_that_cannot_be_meant_is_an_error_of_its_own_id(string request)
    {
        Engine engine = Engine.Asked(request, Verify("after", Good), Bye);
        Assert.Equal("malformed-request", Code(engine.Only("1")));
        Assert.Equal("valid", Status(engine.Only("after")));
        Assert.Equal(0, engine.Anonymous);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_answered_and_skipped()
    {
        // Not FF FE, which begins UTF-16.
        byte[] noise = [0xFF, 0xFD, 0x00, 0x0A, .. "{\"id\":\"\xC3\x28\",\"verb\":\"verify\"}\n"u8, 0xED, 0xA0, 0x80, 0x0A, 0xEF, 0xBB, 0xBF, .. Line(Verify("bom", Good)), .. Line(Verify("1", Good)), .. Line(Bye)];
        Engine engine = Engine.Fed(noise);
        Assert.Equal("valid", Status(engine.Only("1")));
        Assert.True(engine.SaidBye);
        Assert.All(engine.Answers, answer => Assert.NotEqual("valid", Engine.IdOf(answer) == "1" ? "" : Status(answer)));
    }

    [Fact]
    public void A_line_over_the_limit_is_refused_and_the_next_one_is_served()
    {
        byte[] huge = new byte[97 * 1024 * 1024];
        Array.Fill(huge, (byte)'[');
        huge[^1] = (byte)'\n';
        Engine engine = Engine.Fed([.. huge, .. Line(Verify("1", Good)), .. Line(Bye)]);
        Assert.Equal(1, engine.Anonymous);
        Assert.Equal("valid", Status(engine.Only("1")));
    }

    [Fact]
    public void Deep_and_wide_json_is_refused()
    {
        string deep = "{\"id\":\"1\",\"verb\":\"verify\",\"path\":" + new string('[', 1_000_000) + new string(']', 1_000_000) + "}";
        string wide = "{\"id\":\"2\",\"verb\":\"verify\",\"path\":\"a\"" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $",\"m{i}\":{i}")) + "}";
        Engine engine = Engine.Asked(deep, wide, Verify("3", Good), Bye);
        Assert.Equal("valid", Status(engine.Only("3")));
        Assert.DoesNotContain(engine.Answers, answer => Engine.IdOf(answer) is "1" or "2" && Status(answer) == "valid");
        Assert.True(engine.SaidBye);
    }

    [Fact]
    public void Thousands_in_flight_are_each_answered_once()
    {
        Engine engine = Engine.Asked([.. Enumerable.Range(0, 10_000).Select(i => Verify(i.ToString(), Good)), Bye]);
        HashSet<string> ids = new(StringComparer.Ordinal);
        Assert.All(engine.Answers.SkipLast(1), answer => Assert.True(ids.Add(Engine.IdOf(answer)!) && Status(answer) == "valid"));
        Assert.Equal(10_000, ids.Count);
        Assert.Equal(10_000, engine.Answers[^1].GetProperty("answered").GetInt32());
    }

    [Fact]
    public void An_id_that_waits_cannot_be_asked_again_but_an_answered_one_can()
    {
        Engine engine = Engine.Asked([.. Enumerable.Range(0, 2_000).Select(_ => Verify("same", Good)), Bye]);
        int answered = engine.Answers.Count(answer => Engine.IdOf(answer) == "same"), refused = engine.Anonymous;
        Assert.True(answered >= 1);
        Assert.Equal(2_000, answered + refused);
    }

    [Fact]
    public void Every_cancelled_request_is_answered_once_whoever_wins_the_race()
    {
        List<string> requests = [];
        for (int i = 0; i < 3_000; i++)
        {
            requests.Add(Verify($"{i}", Good));
            requests.Add($$"""{"id":"c{{i}}","verb":"cancel","target":"{{i}}"}""");
            requests.Add($$"""{"id":"d{{i}}","verb":"cancel","target":"{{i}}"}""");
        }

        Engine engine = Engine.Asked([.. requests, """{"id":"c","verb":"cancel"}""", """{"id":"c","verb":"cancel","target":"never asked"}""", Bye]);
        string?[] ids = [.. engine.Answers.SkipLast(1).Select(Engine.IdOf)];
        Assert.Equal(3_000, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(3_000, ids.Length);
        Assert.All(engine.Answers.SkipLast(1), answer => Assert.Contains(Status(answer), (string[])["valid", "cancelled"]));
    }

    [Fact]
    public void What_was_cancelled_may_be_asked_again()
    {
        Engine engine = Engine.Asked(
            [.. Enumerable.Range(0, 500).Select(i => Verify($"w{i}", Good)), Verify("x", Good), """{"id":"c","verb":"cancel","target":"x"}""", Verify("x", Good), Bye]);
        Assert.Equal(0, engine.Anonymous);
        Assert.Equal(2, engine.Answers.Count(answer => Engine.IdOf(answer) == "x"));
    }

    [Fact]
    public void Nothing_after_a_bye_is_answered_and_everything_before_it_is()
    {
        Engine engine = Engine.Asked(Verify("1", Good), Bye, Verify("2", Good));
        Assert.Equal("valid", Status(engine.Only("1")));
        Assert.DoesNotContain(engine.Answers, answer => Engine.IdOf(answer) == "2");
        Assert.Equal(0, engine.ExitCode);
    }

    [Fact]
    public void An_input_that_ends_in_the_middle_of_a_line_is_answered_for_what_is_there()
    {
        Engine engine = Engine.Fed([.. Line(Verify("1", Good)), .. System.Text.Encoding.UTF8.GetBytes("{\"id\":\"2\",\"verb\":\"ver")]);
        Assert.Equal("valid", Status(engine.Only("1")));
        Assert.Equal(1, engine.Anonymous);
        Assert.False(engine.SaidBye);
        Assert.Equal(0, engine.ExitCode);
    }

    [Fact]
    public void No_input_at_all_is_an_end()
    {
        Engine engine = Engine.Fed([]);
        Assert.Empty(engine.Answers);
        Assert.Equal(0, engine.ExitCode);
    }

    [Fact]
    public void Content_in_memory_is_verified_instead_of_the_file()
    {
        string good = Convert.ToBase64String(File.ReadAllBytes(Good)), bad = Convert.ToBase64String("tampered"u8);
        string signature = JsonSerializer.Serialize(Good + ".minisig"), key = JsonSerializer.Serialize(Alice);
        Engine engine = Engine.Asked(
            $$"""{"id":"1","verb":"verify","path":"name","content":"{{good}}","signaturePath":{{signature}},"publicKey":{{key}}}""",
            $$"""{"id":"2","verb":"verify","path":"name","content":"{{bad}}","signaturePath":{{signature}},"publicKey":{{key}}}""",
            Bye);
        Assert.Equal("valid", Status(engine.Only("1")));
        Assert.Equal("invalid", Status(engine.Only("2")));
    }

    [Fact]
    public void Key_ids_only_ever_narrow()
    {
        string[] members = ["\"keyIds\":[\"alice.pub\"]", "\"keyIds\":[\"nobody\"]"];
        Engine engine = Engine.Asked([.. members.Select((member, i) => Verify($"{i}", Good).TrimEnd('}') + "," + member + "}"), Bye]);
        Assert.Equal("valid", Status(engine.Only("0")));
        Assert.Equal("nobody-trusted", Code(engine.Only("1")));
    }

    [Fact]
    public void Inspect_looks_beside_the_artefact_as_verify_does()
    {
        Engine engine = Engine.Asked($$"""{"id":"1","verb":"inspect","path":{{JsonSerializer.Serialize(Good)}}}""", Bye);
        Assert.Equal("inspected", Status(engine.Only("1")));
        Assert.Equal("minisign", engine.Only("1").GetProperty("format").GetString());
        Assert.Equal(Good + ".minisig", engine.Only("1").GetProperty("signature").GetString());
        Assert.Equal("not-checked", engine.Only("1").GetProperty("verified").GetString());
    }

    [Theory]
    [InlineData("checksums-bsd", "valid")]
    [InlineData("checksums-changed", "invalid")]
    [InlineData("checksums-extra", "invalid")]
    public void An_export_is_verified_as_a_whole(string scenario, string status)
    {
        string export = JsonSerializer.Serialize(Repository.Path("tests", "vectors", "exports", scenario, "e")), key = JsonSerializer.Serialize(Repository.Path("tests", "vectors", "exports", "_keys", "alice.minisign.pub"));
        Engine engine = Engine.Asked(
            $$"""{"id":"1","verb":"verify-export","path":{{export}},"publicKey":{{key}}}""",
            $$"""{"id":"2","verb":"verify-export","path":{{export}},"publicKey":{{key}},"signaturePath":"x"}""",
            Bye);
        Assert.Equal(status, Status(engine.Only("1")));
        Assert.Equal("malformed-request", Code(engine.Only("2")));
    }

    [Fact]
    public void An_export_is_asked_with_the_entry_of_its_receipt_and_under_a_policy()
    {
        string Vector(params string[] names) => JsonSerializer.Serialize(Repository.Path(["tests", "vectors", .. names]));
        string kit = Vector("exports", "offline-update-kit-receipt-bound", "e"), entry = Vector("exports", "offline-update-kit-receipt-bound", "entry.json");
        string policy = Vector("policy-file", "algorithm", "policy.json"), key = Vector("exports", "_keys", "alice.pem"), log = Vector("exports", "_keys", "bob.pem");
        Engine engine = Engine.Asked(
            $$"""{"id":"entry","verb":"verify-export","path":{{kit}},"publicKey":{{key}},"receiptEntry":{{entry}},"logKey":{{log}}}""",
            $$"""{"id":"no-log","verb":"verify-export","path":{{kit}},"publicKey":{{key}},"receiptEntry":{{entry}}}""",
            $$"""{"id":"policy","verb":"verify-export","path":{{kit}},"publicKey":{{key}},"policy":{{policy}}}""",
            $$"""{"id":"absent","verb":"verify-export","path":{{kit}},"publicKey":{{key}},"receiptEntry":"absent.json"}""",
            Bye);
        Assert.Equal("valid", Status(engine.Only("entry")));
        Assert.Contains("export.companion-unused", engine.Only("no-log").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("invalid", Status(engine.Only("policy")));
        Assert.Contains("policy.signers", engine.Only("policy").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("path-not-found", Code(engine.Only("absent")));
    }

    internal static string Verify(string id, string path) =>
        $$"""{"id":"{{id}}","verb":"verify","path":{{JsonSerializer.Serialize(path)}},"publicKey":{{JsonSerializer.Serialize(Alice)}}}""";

    internal static string? Status(JsonElement answer) => answer.TryGetProperty("status", out JsonElement status) ? status.GetString() : null;

    internal static string? Code(JsonElement answer) => answer.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetString() : null;

    private static byte[] Line(string text) => System.Text.Encoding.UTF8.GetBytes(text + "\n");
}
