using System.Text;
using System.Text.Json.Nodes;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Service;

namespace OfflineKit.Signer.Tests;

/// <summary>A service with everything around it: an authority, a licensing service, a client, keys, an allow-list; all in a folder of its own.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Tenant = "acme", Installation = "inst-1", Issuer = "https://authority.example", Licensor = "https://licensing.example", Sbom = "stella.ops/sbom@v1", Report = "stella.ops/report@v1";
    public static readonly string Scanner = "sha256:" + new string('a', 64), NewScanner = "sha256:" + new string('b', 64), EndedScanner = "sha256:" + new string('c', 64), NamelessScanner = "sha256:" + new string('d', 64);

    private World(string folder) => Folder = folder;

    public string Folder { get; }

    public FakeClock Clock { get; } = new();

    public JwtKey Authority { get; private set; } = new();

    public JwtKey Licensing { get; private set; } = new() { Id = "l1" };

    public JwtKey Client { get; private set; } = new();

    public JwtKey SigningKey { get; private set; } = new();

    public JwtKey SecondKey { get; private set; } = new();

    public JwtKey ReleaseKey { get; private set; } = new();

    public CertificateAuthority Clients { get; } = new("acme clients", new FakeClock().Now);

    public CertificateAuthority OtherClients { get; } = new("other clients", new FakeClock().Now);

    public SignerHost Host { get; private set; } = null!;

    public Uri Address => new(Host.Addresses[0]);

    public Uri Operations => new(Host.Addresses[^1]);

    public HttpClient Http { get; } = new(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = Trust.Whoever } });

    /// <summary>The configuration as a test wants it, and the service on it.</summary>
    public static async Task<World> StartAsync(Action<JsonObject>? change = null, World? like = null, Action<World>? prepare = null)
    {
        World world = new(Directory.CreateTempSubdirectory("signer-tests-").FullName);
        if (like is not null)
        {
            // Another instance of the same service: the same keys everywhere.
            (world.Authority, world.Licensing, world.Client, world.SigningKey, world.SecondKey, world.ReleaseKey) = (like.Authority, like.Licensing, like.Client, like.SigningKey, like.SecondKey, like.ReleaseKey);
        }

        world.WriteFiles();
        prepare?.Invoke(world);
        await world.StartAgainAsync(change);
        return world;
    }

    /// <summary>Ends the service, if it runs, and starts it on the same folder.</summary>
    public async Task StartAgainAsync(Action<JsonObject>? change = null)
    {
        await EndAsync();
        JsonObject configuration = Configuration();
        change?.Invoke(configuration);
        SignerConfiguration read = ConfigurationFile.Parse(System.Text.Encoding.UTF8.GetBytes(configuration.ToJsonString()), Folder, Clock);
        Host = await SignerHost.StartAsync(await SignerParts.OpenAsync(read, Clock, CancellationToken.None), CancellationToken.None);
    }

    /// <summary>Ends the service; its folder stays.</summary>
    public async Task EndAsync()
    {
        await (Host?.DisposeAsync() ?? ValueTask.CompletedTask);
        Host = null!;
    }

    public static JsonObject Configuration() => JsonNode.Parse($$"""
        {
          "listen": "http://127.0.0.1:0", "operations": "http://127.0.0.1:0", "publicOrigin": "https://signer.example",
          "authority": { "issuer": "{{Issuer}}", "jwks": "authority.json", "maxAge": 315360000, "revocations": "revoked.json" },
          "licensing": { "issuer": "{{Licensor}}", "jwks": "licensing.json", "offline": true, "revocations": "revoked.json" },
          "dpop": { "requireNonce": false },
          "plans": { "pro": { "maxArtifactBytes": 20000, "qps": 100000, "burst": 100000, "concurrency": 1000, "daily": 1000 } },
          "profiles": [
            { "name": "acme", "tenant": "acme", "plan": "pro", "predicateTypes": ["{{Sbom}}", "{{Report}}"], "reportPredicateTypes": ["{{Report}}"],
              "signers": [ { "name": "default", "key": "signing.pem", "publicKey": "signing.pub", "notAfter": "2027-06-01T00:00:00Z" }, { "name": "second", "key": "second.pem", "publicKey": "second.pub" } ] },
            { "name": "exports", "tenant": "acme", "plan": "pro", "predicateType": "https://slsa.dev/provenance/v1", "scanner": "not-required", "signers": [ { "name": "default", "key": "signing.pem", "publicKey": "signing.pub" } ] }
          ],
          "release": { "keys": ["release.pub"], "sources": [ { "kind": "allow-list", "path": "allow-list.json" } ] },
          "store": { "kind": "sqlite", "path": "state/signer.db" },
          "audit": { "path": "audit" },
          "limits": { "requestsPerAddress": 0 }
        }
        """)!.AsObject();

    public string FilePath(string name) => Path.Combine(Folder, name);

    public void Write(string name, string content) => File.WriteAllText(FilePath(name), content);

    /// <summary>The hash of the last line of the audit log.</summary>
    public string AuditHead() => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(File.ReadLines(Directory.GetFiles(FilePath("audit")).Order(StringComparer.Ordinal).Last()).Last())));

    /// <summary>Every line of the audit log.</summary>
    public IReadOnlyList<JsonNode> AuditLines() =>
        [.. Directory.GetFiles(FilePath("audit")).Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines).Select(line => JsonNode.Parse(line)!)];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Clients.Dispose();
        OtherClients.Dispose();
        await EndAsync();
        foreach (JwtKey key in (JwtKey[])[Authority, Licensing, Client, SigningKey, SecondKey, ReleaseKey])
        {
            key.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>An allow-list with these entries, signed by <paramref name="by"/>.</summary>
    public static string AllowList(JwtKey by, string entries)
    {
        const string type = "application/vnd.offlinekit.scanner-allow-list+json";
        byte[] payload = System.Text.Encoding.UTF8.GetBytes(entries), message = [.. System.Text.Encoding.UTF8.GetBytes($"DSSEv1 {type.Length} {type} {payload.Length} "), .. payload];
        return new JsonObject
        {
            ["payload"] = Convert.ToBase64String(payload),
            ["payloadType"] = type,
            ["signatures"] = new JsonArray(new JsonObject { ["sig"] = Convert.ToBase64String(by.DerSignature(message)) }),
        }.ToJsonString();
    }

    private void WriteFiles()
    {
        Write("authority.json", Authority.KeySet);
        Write("licensing.json", Licensing.KeySet);
        Write("revoked.json", """{"revoked": ["revoked-token", "revoked-poe"]}""");
        Write("signing.pem", SigningKey.PrivatePem);
        Write("signing.pub", SigningKey.PublicPem);
        Write("second.pem", SecondKey.PrivatePem);
        Write("second.pub", SecondKey.PublicPem);
        Write("release.pub", ReleaseKey.PublicPem);
        Write("allow-list.json", AllowList(ReleaseKey, $$"""
            [{"digest": "{{Scanner}}", "version": "2.4.1 (2027.06)", "notAfter": "2027-12-31T00:00:00Z", "approvedBy": "ada", "reason": "release"},
             {"digest": "{{NewScanner}}", "version": "2.5.0 (2028.01)", "notAfter": "2028-12-31T00:00:00Z", "approvedBy": "ada", "reason": "release"},
             {"digest": "{{EndedScanner}}", "version": "2.3.0 (2026.01)", "notAfter": "2026-11-01T00:00:00Z", "approvedBy": "ada", "reason": "release"},
             {"digest": "{{NamelessScanner}}", "version": "2.3.0", "notAfter": "2027-12-31T00:00:00Z", "approvedBy": "ada", "reason": "release"}]
            """));
        Write("seal.key", Convert.ToBase64String(new byte[32]) + "\n");
        Write("clients.pem", Clients.RootPem);
        Write("other-clients.pem", OtherClients.RootPem);
        using (System.Security.Cryptography.X509Certificates.X509Certificate2 server = Clients.Issue(uri: null, "1.3.6.1.5.5.7.3.1"))
        {
            Write("server.pem", server.ExportCertificatePem());
            Write("server.key", System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(server)!.ExportPkcs8PrivateKeyPem());
        }

        File.SetLastWriteTimeUtc(FilePath("authority.json"), Clock.Now.UtcDateTime);
        File.SetLastWriteTimeUtc(FilePath("licensing.json"), Clock.Now.UtcDateTime);
    }
}
