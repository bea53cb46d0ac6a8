using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OfflineKit.Signing.Tests.Services;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>A Sigstore instance and an OIDC issuer, as programs of their own. Without them (build/peers) their tests are skipped.</summary>
internal sealed class SigstoreMock : IAsyncDisposable
{
    private readonly List<Process> _processes = [];
    private readonly HttpClient _client = new();

    public Folder Folder { get; } = new();

    public string Url { get; private set; } = "";

    public string Issuer { get; private set; } = "";

    public string Root => Folder[Path.Combine("instance", "trusted_root.json")];

    public string Config => Folder[Path.Combine("instance", "signing_config.json")];

    /// <summary>Our options for this instance with the first log, which also writes log entries that older clients read.</summary>
    public string[] FirstLog => ["--fulcio-url", Url, "--rekor-url", Url, "--timestamp-url", $"{Url}/api/v1/timestamp", "--trusted-root", Root];

    /// <summary>Our options for everything that the signing config names: the second log.</summary>
    public string[] Configured => ["--signing-config", Config, "--trusted-root", Root];

    public static async Task<SigstoreMock> StartAsync()
    {
        string node = Peer.Needed("peers-node");
        SigstoreMock mock = new();
        (int issuer, int port) = (Moto.FreePort(), Moto.FreePort());
        mock.Issuer = await mock.StartAsync(issuer, node, Peer.Server("identity-provider.js"), Text(issuer));
        mock.Url = await mock.StartAsync(port, node, Peer.Server("sigstore", "instance.js"), Text(port), mock.Folder["instance"], mock.Issuer);
        mock.Folder.Write("a", "hello\n");
        return mock;
    }

    /// <summary>A file with a token that has <paramref name="claims"/>.</summary>
    public async Task<string> TokenAsync(string claims = "") =>
        Folder.Write("token", await _client.GetStringAsync($"{Issuer}/token?{claims}", TestContext.Current.CancellationToken));

    /// <summary>Signs and wants success.</summary>
    public string Sign(params string[] arguments) => Sign(arguments, []);

    /// <summary>Signs with an environment and wants success.</summary>
    public string Sign(string[] arguments, params (string, string)[] environment)
    {
        (int exit, string output) = Peer.Sign(Folder.Path, ["sign", "a", .. arguments], "", environment);
        Assert.True(exit == 0, output);
        return output;
    }

    public ValueTask DisposeAsync()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            process.Dispose();
        }

        _client.Dispose();
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private async Task<string> StartAsync(int port, params string[] command)
    {
        Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _processes.Add(process);
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        for (int i = 0; i < 600; i++)
        {
            using TcpClient probe = new();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return $"http://127.0.0.1:{port}";
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException($"{command[1]} did not start");
    }
}
