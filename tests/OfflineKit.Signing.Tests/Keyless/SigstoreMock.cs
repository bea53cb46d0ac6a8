namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>A Sigstore instance and an OIDC issuer, as programs of their own. Without them (build/peers) their tests are skipped.</summary>
internal sealed class SigstoreMock : IAsyncDisposable
{
    private readonly List<PeerServer> _servers = [];
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

    public static SigstoreMock Start()
    {
        string node = Peer.Needed("peers-node");
        SigstoreMock mock = new();
        mock.Issuer = mock.Started(PeerServer.Start(node, "identity-provider.js", "0"));
        mock.Url = mock.Started(PeerServer.Start(node, Path.Combine("sigstore", "instance.js"), "0", mock.Folder["instance"], mock.Issuer));
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
        _servers.ForEach(server => server.Dispose());

        _client.Dispose();
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Started(PeerServer server)
    {
        _servers.Add(server);
        return server.Url;
    }
}
