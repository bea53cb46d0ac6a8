using System.Text.Json;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Service;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>The way of a newcomer: a demonstration, <c>offlinekit-sign remote</c>, and <c>offlinekit</c> at the end.</summary>
public sealed class RemoteClientTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signer-remote-").FullName;
    private SignerHost _host = null!;
    private string _service = "";

    private string Demo => Path.Combine(_folder, "demo");

    public async ValueTask InitializeAsync()
    {
        new Demonstration(Demo, DateTimeOffset.UtcNow).Write();
        int port = StubServer.FreePort();
        _service = $"http://127.0.0.1:{port}";
        string file = Path.Combine(Demo, "signer.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("http://127.0.0.1:8080", _service, StringComparison.Ordinal).Replace(":9090", ":0", StringComparison.Ordinal));
        SignerConfiguration configuration = ConfigurationFile.Read(file, TimeProvider.System);
        _host = await SignerHost.StartAsync(await SignerParts.OpenAsync(configuration, TimeProvider.System, default), default);
        File.WriteAllText(Path.Combine(_folder, "app.tar"), "an application\n");
        File.WriteAllText(Path.Combine(_folder, "sbom.json"), """{"components": ["a", "b"]}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_statement_is_signed_remotely_and_verified_at_home()
    {
        Execution signed = Remote("sign", "app.tar", "--predicate-type", "stella.ops/sbom@v1", "--predicate", "sbom.json");
        Assert.True(signed.ExitCode == 0, signed.Everything);
        Assert.StartsWith($"signed by {new Uri(_service).Authority} -> app.tar.intoto.json", signed.Stdout);
        Execution verified = Client.Run(["verify", "app.tar", "--signature", "app.tar.intoto.json", "--key", "demo/signing.pub"], _folder);
        Assert.True(verified.ExitCode == 0, verified.Everything);
        File.WriteAllText(Path.Combine(_folder, "app.tar"), "another\n");
        Assert.Equal(1, Client.Run(["verify", "app.tar", "--signature", "app.tar.intoto.json", "--key", "demo/signing.pub"], _folder).ExitCode);
    }

    [Fact]
    public void An_answer_by_another_key_than_the_pinned_one_is_not_taken()
    {
        using JwtKey other = new();
        File.WriteAllText(Path.Combine(_folder, "other.pub"), other.PublicPem);
        Execution signed = Remote("sign", "app.tar", "--predicate-type", "stella.ops/sbom@v1", "--predicate", "sbom.json", "--public-key", "other.pub");
        Assert.Equal(1, signed.ExitCode);
        Assert.Contains("[remote.wrong-answer]", signed.Stderr);
        Assert.False(File.Exists(Path.Combine(_folder, "app.tar.intoto.json")));
    }

    [Fact]
    public void A_refusal_of_the_service_is_told_by_its_code()
    {
        Execution signed = Remote("sign", "app.tar", "--predicate-type", "stella.ops/graph@v1", "--predicate", "sbom.json");
        Assert.Equal(1, signed.ExitCode);
        Assert.Contains("422 predicate_unsupported", signed.Stderr);
        Assert.Contains("[remote.refused]", signed.Stderr);
    }

    [Fact]
    public void The_provenance_of_an_export_is_signed_remotely()
    {
        Execution signed = Remote("export", "sbom.json", "--archive", "app.tar", "--export-id", "exp-000001", "--tool", "stella=2.4.1", "--material", "pkg:oci/app?a=b=sha256:" + new string('3', 64));
        Assert.True(signed.ExitCode == 0, signed.Everything);
        Execution verified = Client.Run(["verify-envelope", "provenance.json", "--key", "demo/signing.pub"], _folder);
        Assert.True(verified.ExitCode == 0, verified.Everything);
    }

    [Theory]
    [InlineData("who asks is not clear", "--token", "x")]
    [InlineData("two sources", "--key", "demo/client.pem", "--token", "x", "--token-url", "http://127.0.0.1:1/")]
    [InlineData("--client-id without --token-url", "--key", "demo/client.pem", "--token", "x", "--client-id", "y")]
    public void What_is_not_clear_is_misuse(string words, params string[] options)
    {
        Execution run = Execution.Of(
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll"), "remote", "sign", "app.tar", "--predicate-type", "a", "--predicate", "sbom.json", "--service", _service, "--poe", "demo/poe.jwt", "--public-key", "demo/signing.pub", .. options], _folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Stderr);
    }

    [Fact]
    public void The_engine_asks_by_requests_as_the_command_line_does_by_options()
    {
        JsonElement[] answers = Serve(
            """{"id":"1","verb":"remote-sign","paths":["app.tar"],"predicateType":"stella.ops/sbom@v1","predicate":"sbom.json",CLIENT}""",
            """{"id":"2","verb":"remote-export","manifest":"sbom.json","archive":"app.tar","exportId":"exp-000001","tool":"stella=2.4.1","materials":["pkg:oci/app=sha256:3333333333333333333333333333333333333333333333333333333333333333"],CLIENT}""",
            """{"id":"3","verb":"remote-sign","paths":["app.tar"],"predicateType":"stella.ops/sbom@v1","predicate":"sbom.json",CLIENT}""",
            """{"id":"4","verb":"remote-sign","paths":["app.tar"],"predicateType":"stella.ops/graph@v1","predicate":"sbom.json","output":"other.json",CLIENT}""",
            """{"id":"5","verb":"remote-sign","paths":["app.tar"],"predicateType":"stella.ops/sbom@v1","predicate":"sbom.json","force":true,CLIENT}""");
        Assert.Equal(["signed", "signed", "error sign.output-exists", "error remote.refused", "signed"], answers.Select(Outcome));
        Assert.Equal("app.tar.intoto.json", answers[0].GetProperty("signaturePath").GetString());
        Assert.False(File.Exists(Path.Combine(_folder, "other.json")));
        foreach (string envelope in (string[])["app.tar.intoto.json", "provenance.json"])
        {
            Execution verified = Client.Run(["verify-envelope", envelope, "--key", "demo/signing.pub"], _folder);
            Assert.True(verified.ExitCode == 0, verified.Everything);
        }
    }

    private static string Outcome(JsonElement answer) =>
        answer.GetProperty("status").GetString() + (answer.TryGetProperty("error", out JsonElement error) ? " " + error.GetProperty("code").GetString() : "");

    private JsonElement[] Serve(params string[] requests)
    {
        string client = $$"""
            "service":"{{_service}}","tokenUrl":"{{_service}}/demonstration/token","key":"demo/client.pem","poe":"demo/poe.jwt","publicKey":["demo/signing.pub"]
            """;
        string input = string.Concat(requests.Append("""{"verb":"bye"}""").Select(request => request.Replace("CLIENT", client, StringComparison.Ordinal) + "\n"));
        Execution run = Execution.Of(["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll"), "serve"], _folder, System.Text.Encoding.UTF8.GetBytes(input));
        return [.. run.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).Where(answer => answer.TryGetProperty("id", out _))];
    }

    private Execution Remote(string command, params string[] rest) => Execution.Of(
        [
            "dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll"), "remote", command, .. rest,
            "--service", _service, "--token-url", _service + "/demonstration/token", "--key", "demo/client.pem", "--poe", "demo/poe.jwt", "--public-key", "demo/signing.pub",
        ],
        _folder);
}
