using System.Diagnostics;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>A Sigstore instance and an OIDC issuer of build/peers, as programs of their own.</summary>
internal sealed class SigstoreInstanceProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signer-sigstore-").FullName;
    private readonly List<Process> _servers = [];
    private readonly HttpClient _http = new();

    public string Issuer { get; private set; } = "";

    public string Url { get; private set; } = "";

    public string Timestamps => $"{Url}/api/v1/timestamp";

    public string Root => Path.Combine(_folder, "instance", "trusted_root.json");

    public static async Task<SigstoreInstanceProcess> StartAsync()
    {
        string node = PeerTools.Needed("peers-node");
        SigstoreInstanceProcess instance = new();
        instance.Issuer = await instance.StartAsync(node, "identity-provider.js", "0");
        instance.Url = await instance.StartAsync(node, "sigstore/instance.js", "0", Path.Combine(instance._folder, "instance"), instance.Issuer);
        return instance;
    }

    /// <summary>Puts a fresh identity token into <paramref name="path"/>.</summary>
    public async Task WriteTokenAsync(string path) => await File.WriteAllTextAsync(path, await _http.GetStringAsync($"{Issuer}/token?aud=sigstore&sub=dev&email=dev@example.com&email_verified=true"));

    public ValueTask DisposeAsync()
    {
        _servers.ForEach(OwnedServer.End);
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> StartAsync(string node, string server, params string[] arguments)
    {
        Process process = OwnedServer.Start(new ProcessStartInfo(node, [Repository.Path("build", "peers", "servers", server), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true });
        _servers.Add(process);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string? line = await process.StandardOutput.ReadLineAsync();
        Assert.True(line?.StartsWith("ready ", StringComparison.Ordinal) == true, $"{server}: {line}");
        _ = (errors, process.StandardOutput.ReadToEndAsync());
        return line!["ready ".Length..];
    }
}
