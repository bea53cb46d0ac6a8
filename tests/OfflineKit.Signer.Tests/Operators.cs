using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using OfflineKit.Signer.MutualTls;

namespace OfflineKit.Signer.Tests;

/// <summary>People with certificates who decide things.</summary>
internal sealed class Operators
{
    private readonly Dictionary<string, X509Certificate2> _certificates = new(StringComparer.Ordinal);

    /// <summary>A service that knows them: TLS, and their authority for the tenant.</summary>
    public static void Configure(JsonObject configuration)
    {
        configuration["listen"] = "https://127.0.0.1:0";
        configuration["tls"] = new JsonObject { ["certificate"] = "server.pem", ["key"] = "server.key" };
        configuration["mtls"] = new JsonObject { ["roots"] = new JsonObject { ["acme"] = "clients.pem" }, ["crl"] = "not-checked" };
    }

    /// <summary>What the service answers to <paramref name="name"/>; a body is posted, none deletes.</summary>
    public async Task<Reply> AskAsync(World world, string name, string path, JsonObject? body, string scope = "signer.admin")
    {
        if (!_certificates.TryGetValue(name, out X509Certificate2? certificate))
        {
            certificate = _certificates[name] = world.Clients.Issue($"urn:stellaops:client:{name}");
        }

        Call call = new(world) { Scheme = "Bearer", SendsProof = false, Path = "/api/v1/signer/admin/" + path, Method = body is null ? "DELETE" : "POST", BodyText = body?.ToJsonString() };
        (call.Token["client_id"], call.Token["sub"], call.Token["scope"]) = (name, name, scope);
        call.Token["cnf"] = new JsonObject { ["x5t#S256"] = ClientCertificateCheck.ThumbprintOf(certificate) };
        using SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback = Trust.Whoever;
        handler.SslOptions.ClientCertificates = [certificate];
        using HttpClient http = new(handler);
        return await call.SendAsync(http);
    }
}
