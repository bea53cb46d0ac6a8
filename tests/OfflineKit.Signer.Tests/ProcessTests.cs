using System.Diagnostics;
using System.Text.Json.Nodes;
using OfflineKit.Signer.Service;
using OfflineKit.Signing.Audit;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>The program itself: it ends when it is asked to, reads its configuration again, and loses nothing when it is killed.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signer-process-").FullName;
    private readonly string _service = $"http://127.0.0.1:{StubServer.FreePort()}", _operations = $"http://127.0.0.1:{StubServer.FreePort()}";
    private Process? _process;

    private string Demo => Path.Combine(_folder, "demo");

    private string Log => Directory.GetFiles(Path.Combine(Demo, "audit")).Order(StringComparer.Ordinal).Last();

    [Fact]
    public async Task What_was_answered_is_in_the_log_whenever_the_program_is_killed()
    {
        Write();
        for (int round = 0; round < 3; round++)
        {
            await StartAsync();
            List<string> hashes = [];
            Task[] clients = [.. Enumerable.Range(0, 6).Select(async _ =>
            {
                while (await SignAsync() is { } hash)
                {
                    lock (hashes)
                    {
                        hashes.Add(hash);
                    }
                }
            })];
            SpinWait.SpinUntil(() => Signed(hashes) >= 10, TimeSpan.FromSeconds(30));
            _process!.Kill();
            await _process.WaitForExitAsync();
            await Task.WhenAll(clients);
            Assert.NotEmpty(hashes);

            // Half a line may stand at the end: nobody was told of it. The next start takes it back and goes on.
            string[] lines = File.ReadAllText(Log).Split('\n');
            HashSet<string> known = [.. lines.SkipLast(1).Select(line => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(line))))];
            Assert.Empty(hashes.Where(hash => !known.Contains(hash)));
        }

        await StartAsync();
        Assert.NotNull(await SignAsync());
        await EndAsync();
        using FileStream log = File.OpenRead(Log);
        Assert.Null(AuditChain.Check(log, signer: null).Fault);
    }

    [Fact]
    public async Task A_hang_up_reads_the_configuration_again_and_a_faulty_one_is_left_alone()
    {
        Write();
        await StartAsync();
        Assert.NotNull(await SignAsync());
        string file = Path.Combine(Demo, "signer.yaml"), good = File.ReadAllText(file);
        File.WriteAllText(file, good + "nonsense: 1\n");
        await HangUpAsync("unknown key \"nonsense\"");
        Assert.NotNull(await SignAsync());
        File.WriteAllText(file, good.Replace("\"stella.ops/sbom@v1\", ", "", StringComparison.Ordinal));
        await HangUpAsync("the configuration was read again");
        Assert.Null(await SignAsync());
        File.WriteAllText(file, good.Replace(_service, "http://127.0.0.1:1", StringComparison.Ordinal));
        await HangUpAsync("listeners stay");
        await EndAsync();
    }

    [Fact]
    public void A_check_says_what_a_configuration_means_and_refuses_a_faulty_one()
    {
        Write();
        Execution good = Run("check", Path.Combine(Demo, "signer.yaml"));
        Assert.True(good.ExitCode == 0, good.Everything);
        Assert.Contains("DEMONSTRATION", good.Stdout);
        File.AppendAllText(Path.Combine(Demo, "signer.yaml"), "nonsense: 1\n");
        foreach (string command in (string[])["check", "run"])
        {
            Execution bad = Run(command, Path.Combine(Demo, "signer.yaml"));
            Assert.Equal(2, bad.ExitCode);
            Assert.Contains("unknown key \"nonsense\"", bad.Stderr);
        }

        Assert.Equal(2, Run("demo", Demo).ExitCode);
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int Signed(List<string> hashes)
    {
        lock (hashes)
        {
            return hashes.Count;
        }
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signer.dll");

    private Execution Run(params string[] arguments) => Execution.Of(["dotnet", Program, .. arguments], _folder);

    private void Write()
    {
        new Demonstration(Demo, DateTimeOffset.UtcNow).Write();
        string file = Path.Combine(Demo, "signer.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("http://127.0.0.1:8080", _service, StringComparison.Ordinal).Replace("http://127.0.0.1:9090", _operations, StringComparison.Ordinal)
            .Replace("publicOrigin", "dpop:\n  requireNonce: false\npublicOrigin", StringComparison.Ordinal).Replace("daily: 1000", "daily: 100000", StringComparison.Ordinal).Replace("qps: 100", "qps: 10000", StringComparison.Ordinal));
    }

    private async Task StartAsync()
    {
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo("dotnet", [Program, "run", Path.Combine(Demo, "signer.yaml")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Assert.StartsWith("serving at", await _process.StandardOutput.ReadLineAsync() ?? await _process.StandardError.ReadToEndAsync());
    }

    private async Task EndAsync()
    {
        Assert.Equal(0, Execution.Of(["kill", "-TERM", $"{_process!.Id}"]).ExitCode);
        await _process.WaitForExitAsync();
        Assert.Equal(0, _process.ExitCode);
    }

    private async Task HangUpAsync(string words)
    {
        Assert.Equal(0, Execution.Of(["kill", "-HUP", $"{_process!.Id}"]).ExitCode);
        string said = "";
        while (!said.Contains(words, StringComparison.Ordinal))
        {
            said = await _process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) ?? throw new InvalidOperationException($"it ended; wanted: {words}");
        }
    }

    // The hash of the line in the log, or null when it was not signed.
    private async Task<string?> SignAsync()
    {
        try
        {
            using JwtKey client = JwtKey.From(File.ReadAllText(Path.Combine(Demo, "client.pem")));
            using HttpClient http = new();
            string token = (await PostAsync(http, client, "/demonstration/token", null, "{}"))!["access_token"]!.GetValue<string>();
            JsonObject body = new()
            {
                ["subject"] = JsonNode.Parse("""[{"name": "a", "digest": {"sha256": "1111111111111111111111111111111111111111111111111111111111111111"}}]"""),
                ["predicateType"] = "stella.ops/sbom@v1", ["predicate"] = new JsonObject(),
                ["poe"] = new JsonObject { ["format"] = "jwt", ["value"] = File.ReadAllText(Path.Combine(Demo, "poe.jwt")).Trim() },
            };
            return (await PostAsync(http, client, "/api/v1/signer/sign/dsse", token, body.ToJsonString()))?["audit"]!["hash"]!.GetValue<string>();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or NullReferenceException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private async Task<JsonNode?> PostAsync(HttpClient http, JwtKey client, string path, string? token, string body)
    {
        JsonObject claims = new() { ["jti"] = Guid.NewGuid().ToString(), ["htm"] = "POST", ["htu"] = _service + path, ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() };
        using HttpRequestMessage request = new(HttpMethod.Post, _service + path) { Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json");
        if (token is not null)
        {
            claims["ath"] = System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token)));
            request.Headers.TryAddWithoutValidation("Authorization", "DPoP " + token);
        }

        request.Headers.TryAddWithoutValidation("DPoP", client.Sign(new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = client.PublicJwk }, claims));
        using HttpResponseMessage answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
    }
}
