using System.Text.Json;

namespace OfflineKit.Signing.Tests;

/// <summary><c>offlinekit-sign serve</c>: whatever a host says, the engine lives on, answers every id exactly once, and writes nothing that it refused.</summary>
public sealed class ServeTests
{
    private const string Bye = """{"verb":"bye"}""", KeyGen = """{"id":"made","verb":"keygen","secretKey":"own.key","publicKey":"own.pub","noPassphrase":true}""";
    private const string Sign = """{"id":"after","verb":"sign","key":"own.key","format":"minisign","paths":["a"]}""";

    [Fact]
    public void A_key_is_made_shown_and_used()
    {
        using Folder folder = Subject();
        JsonElement[] answers = Ask(folder, KeyGen, Sign, """{"id":"key","verb":"key","key":"own.key"}""", """{"id":"public","verb":"public-key","key":"own.key","as":"minisign"}""", Bye);
        Assert.Equal(("made", "signed", "opened", "public-key"), (Status(answers, "made"), Status(answers, "after"), Status(answers, "key"), Status(answers, "public")));
        Assert.Equal(4, answers[^1].GetProperty("answered").GetInt32());
        Assert.True(File.Exists(folder["a.minisig"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("1e999")]
    [InlineData("""{"verb":"sign"}""")]
    [InlineData("""{"id":"","verb":"sign"}""")]
    [InlineData("""{"id":7,"verb":"sign"}""")]
    [InlineData("""{"id":"x","id":"x","verb":"sign"}""")]
    [InlineData("{\"id\":\"x\",\"verb\":\"key\",\"key\":\"own.key\"} trailing")]
    [InlineData("\u0000")]
    public void A_line_that_is_no_request_is_answered_without_id_and_the_next_one_is_served(string line)
    {
        using Folder folder = Subject();
        JsonElement[] answers = Ask(folder, KeyGen, line, Sign, Bye);
        Assert.Equal(1, answers.Count(answer => answer.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.Null));
        Assert.Equal("signed", Status(answers, "after"));
    }

    [Theory]
    [InlineData("""{"id":"1","verb":"nothing"}""", "malformed-request")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key"}""", "malformed-request")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"minisign","paths":[]}""", "usage")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"minisign","paths":["a","a"],"output":"one"}""", "usage")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"pgp","paths":["a"]}""", "usage")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"kms","paths":["a"],"comment":"x"}""", "usage")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"minisign","paths":["a"],"forse":true}""", "malformed-request")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"minisign","paths":["none"]}""", "path-not-found")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"minisign","paths":["."]}""", "path-not-found")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"minisign","paths":["-"]}""", "malformed-request")]
    [InlineData("""{"id":"1","verb":"key","key":"-"}""", "malformed-request")]
    [InlineData("""{"id":"1","verb":"key","key":"own.key","publicKey":"-"}""", "malformed-request")]
    [InlineData("""{"id":"1","verb":"keygen","secretKey":"k","publicKey":"p"}""", "usage")]
    [InlineData("""{"id":"1","verb":"keygen","secretKey":"k","publicKey":"p","passphrase":"x","noPassphrase":true}""", "usage")]
    [InlineData("""{"id":"1","verb":"keygen","secretKey":"k","publicKey":"./K","noPassphrase":true}""", "usage")]
    [InlineData("""{"id":"1","verb":"keygen","secretKey":"own.key","publicKey":"p","noPassphrase":true}""", "sign.output-exists")]
    [InlineData("""{"id":"1","verb":"public-key","key":"own.key","as":"pgp"}""", "usage")]
    [InlineData("""{"id":"1","verb":"remote-sign","paths":["a"],"predicateType":"t","predicate":"a"}""", "malformed-request")]
    [InlineData("""{"id":"1","verb":"remote-sign","paths":[],"predicateType":"t","predicate":"a","service":"http://127.0.0.1:1","poe":"a","publicKey":["own.pub"]}""", "usage")]
    [InlineData("""{"id":"1","verb":"remote-sign","paths":["a"],"predicateType":"t","predicate":"-","service":"http://127.0.0.1:1","poe":"a","publicKey":["own.pub"]}""", "malformed-request")]
    [InlineData("""{"id":"1","verb":"remote-sign","paths":["a"],"predicateType":"t","predicate":"none","service":"http://127.0.0.1:1","poe":"a","publicKey":["own.pub"]}""", "path-not-found")]
    [InlineData("""{"id":"1","verb":"remote-sign","paths":["a"],"predicateType":"t","predicate":"a","tool":"x=1","service":"http://127.0.0.1:1","poe":"a","publicKey":["own.pub"]}""", "malformed-request")]
    [InlineData("""{"id":"1","verb":"remote-export","manifest":"a","archive":"a","exportId":"e","tool":"x=1","token":"a","service":"http://127.0.0.1:1","poe":"a","publicKey":["own.pub"]}""", "usage")]
    public void A_request_that_cannot_be_meant_is_an_error_of_its_own_id_and_writes_nothing(string request, string code)
    {
        using Folder folder = Subject();
        Ask(folder, KeyGen, Bye);
        string[] before = folder.Names;
        JsonElement[] answers = Ask(folder, request, """{"id":"after","verb":"key","key":"own.key"}""", Bye);
        Assert.Equal(code, Code(answers, "1"));
        Assert.Equal("opened", Status(answers, "after"));
        Assert.Equal(before, folder.Names);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("/dev/stdin")]
    [InlineData("/dev/zero")]
    [InlineData("/proc/self/fd/0")]
    [InlineData("/proc/kmsg")]
    public void A_path_that_is_no_plain_file_is_refused_before_it_is_opened(string path)
    {
        using Folder folder = Subject();
        Peer.Must(folder.Path, "mkfifo", ["pipe"]);
        JsonElement[] answers = Ask(
            folder,
            KeyGen,
            $$"""{"id":"file","verb":"sign","key":"own.key","format":"minisign","paths":["{{path}}"]}""",
            $$"""{"id":"key","verb":"key","key":"{{path}}"}""",
            $$"""{"id":"uri","verb":"key","key":"file:{{path}}"}""",
            $$"""{"id":"pin","verb":"key","key":"own.key","publicKey":"{{path}}"}""",
            $$"""{"id":"out","verb":"sign","key":"own.key","format":"minisign","paths":["a"],"output":"{{path}}","force":true}""",
            $$"""{"id":"made2","verb":"keygen","secretKey":"{{path}}","publicKey":"p","noPassphrase":true,"force":true}""",
            Sign,
            Bye);
        Assert.All((string[])["file", "key", "uri", "pin", "out", "made2"], id => Assert.Equal("path-not-found", Code(answers, id)));
        Assert.Equal("signed", Status(answers, "after"));
    }

    [Fact]
    public void A_passphrase_is_in_no_answer_not_even_in_an_error()
    {
        using Folder folder = Subject();
        const string secret = "correct horse battery staple";
        JsonElement[] answers = Ask(
            folder,
            $$"""{"id":"1","verb":"keygen","secretKey":"k","publicKey":"p","passphrase":"{{secret}}"}""",
            $$"""{"id":"2","verb":"key","key":"k","passphrase":"{{secret}}!"}""",
            $$"""{"id":"3","verb":"key","key":"k","passphrase":"{{secret}}","other":1}""",
            $$"""{"id":"4","verb":"key","key":"k","passphrase":"{{secret}}"}""",
            $$"""{"id":"5","verb":"key","key":"k","passphrase":["{{secret}}"]}""",
            Bye);
        Assert.Equal("opened", Status(answers, "4"));
        Assert.All(answers, answer => Assert.DoesNotContain("horse", answer.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_over_the_limit_deep_json_and_bytes_that_are_no_text_are_survived()
    {
        using Folder folder = Subject();
        JsonElement[] answers = Ask(
            folder,
            new string('[', (5 * 1024 * 1024)),
            "{\"id\":\"1\",\"verb\":\"key\",\"key\":" + new string('[', 500_000) + new string(']', 500_000) + "}",
            "\uFEFF" + Sign,
            KeyGen,
            Sign,
            Bye);
        Assert.Equal("signed", Status(answers, "after"));
        Assert.True(answers[^1].GetProperty("bye").GetBoolean());
    }

    [Fact]
    public void An_input_that_ends_without_a_bye_ends_the_engine()
    {
        using Folder folder = Subject();
        Assert.Equal("made", Status(Ask(folder, KeyGen, """{"id":"1","ver"""), "made"));
        Assert.Empty(Ask(folder));
    }

    private static Folder Subject()
    {
        Folder folder = new();
        folder.Write("a", "hello\n");
        return folder;
    }

    private static JsonElement[] Ask(Folder folder, params string[] requests)
    {
        (int exit, string output) = Peer.Sign(folder.Path, ["serve"], string.Concat(requests.Select(request => request + "\n")));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, exit);
        Assert.Contains("\"hello\":\"offlinekit-sign\",\"protocol\":1", lines[0], StringComparison.Ordinal);
        return [.. lines.Skip(1).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static JsonElement Only(JsonElement[] answers, string id) =>
        Assert.Single(answers, answer => answer.TryGetProperty("id", out JsonElement found) && found.ValueKind == JsonValueKind.String && found.GetString() == id);

    private static string? Status(JsonElement[] answers, string id) => Only(answers, id).GetProperty("status").GetString();

    private static string? Code(JsonElement[] answers, string id) => Only(answers, id).TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetString() : null;
}
