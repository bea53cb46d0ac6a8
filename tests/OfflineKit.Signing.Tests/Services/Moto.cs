using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>moto with the behaviour of real AWS KMS: KMS, STS, IAM and SSM. Without it (build/peers) its tests are skipped.</summary>
internal sealed class Moto : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client = new();

    private Moto(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<Moto> StartAsync(int unchecked_ = 0)
    {
        string python = Peer.Needed("peers-python"), script = Peer.Server("aws-kms.py");
        int port = FreePort();
        ProcessStartInfo start = new(python, [script, port.ToString(System.Globalization.CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (unchecked_ > 0)
        {
            start.Environment["INITIAL_NO_AUTH_ACTION_COUNT"] = unchecked_.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        Process process = OwnedServer.Start(start);
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        Moto moto = new(process, $"http://127.0.0.1:{port}");
        for (int i = 0; i < 600; i++)
        {
            using TcpClient probe = new();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return moto;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        moto.Dispose();
        throw new InvalidOperationException("moto did not start");
    }

    public (string, string)[] Environment => [("AWS_ENDPOINT_URL", Url), ("AWS_REGION", "us-east-1"), ("AWS_EC2_METADATA_DISABLED", "true")];

    public (string, string)[] WithKeys => [.. Environment, ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "y")];

    /// <summary>A JSON request as nobody in particular.</summary>
    public async Task<JsonElement> CallAsync(string target, string body)
    {
        string service = target.StartsWith("AmazonSSM", StringComparison.Ordinal) ? "ssm" : "kms";
        using HttpRequestMessage request = new(HttpMethod.Post, Url) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using HttpResponseMessage response = await _client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text.Length == 0 ? "{}" : text).RootElement;
    }

    /// <summary>A form request as nobody in particular (IAM, STS); the answer is XML.</summary>
    public async Task<string> FormAsync(string service, params (string, string)[] fields)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Url) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2))) };
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using HttpResponseMessage response = await _client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    public async Task<string> CreateKeyAsync(string spec, string usage = "SIGN_VERIFY") =>
        (await CallAsync("TrentService.CreateKey", $"{{\"KeyUsage\":\"{usage}\",\"KeySpec\":\"{spec}\"}}")).GetProperty("KeyMetadata").GetProperty("Arn").GetString()!;

    public void Dispose()
    {
        OwnedServer.End(_process);
        _client.Dispose();
    }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
