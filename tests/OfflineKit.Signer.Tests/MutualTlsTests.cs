using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using OfflineKit.Signer.MutualTls;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>Client certificates: each rule, accepted and refused.</summary>
public sealed class MutualTlsTests
{
    private const string Client = "urn:stellaops:client:scanner";

    [Fact]
    public async Task A_token_that_is_bound_to_a_certificate_is_proved_by_its_connection()
    {
        await using World world = await StartAsync();
        (Reply reply, JsonNode line) = await SendAsync(world, world.Clients.Issue(Client));
        Assert.True(reply.Status == 200, reply.Body?.ToJsonString());
        Assert.StartsWith("mtls:", line["binding"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_certificate_may_lead_to_the_root_by_an_authority_between_and_come_by_HTTP_2()
    {
        await using World world = await StartAsync();
        using CertificateAuthority between = world.Clients.Under("acme clients 2");
        X509Certificate2 shown = between.Issue(Client);
        Assert.Equal("certificate_untrusted", (await SendAsync(world, shown)).Line["reason"]!.GetValue<string>());
        world.Write("clients.pem", world.Clients.RootPem + between.RootPem);
        await world.StartAgainAsync(Configure);
        using HttpClient http = Http(shown);
        http.DefaultRequestVersion = System.Net.HttpVersion.Version20;
        http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        Reply reply = await Asked(world, shown).SendAsync(http);
        Assert.Equal((200, 2), (reply.Status, reply.Message.Version.Major));
    }

    [Theory]
    [InlineData("no client in it", null, "1.3.6.1.5.5.7.3.2", -1, 365, "certificate_client")]
    [InlineData("another client", "urn:stellaops:client:other", "1.3.6.1.5.5.7.3.2", -1, 365, "certificate_client")]
    [InlineData("for servers", Client, "1.3.6.1.5.5.7.3.1", -1, 365, "certificate_purpose")]
    [InlineData("for any purpose", Client, "", -1, 365, "certificate_purpose")]
    [InlineData("ended", Client, "1.3.6.1.5.5.7.3.2", -10, -1, "certificate_untrusted")]
    [InlineData("not begun", Client, "1.3.6.1.5.5.7.3.2", 1, 365, "certificate_untrusted")]
    public async Task A_certificate_that_does_not_fit_is_refused(string why, string? uri, string purpose, int from, int until, string reason)
    {
        await using World world = await StartAsync();
        (Reply reply, JsonNode line) = await SendAsync(world, world.Clients.Issue(uri, purpose, from, until));
        Assert.True((401, "client_certificate_required", reason) == (reply.Status, reply.Code, line["reason"]!.GetValue<string>()), $"{why}: {reply.Code} {line["reason"]}");
    }

    [Fact]
    public async Task A_certificate_of_another_tenants_root_is_refused()
    {
        await using World world = await StartAsync();
        Assert.Equal("certificate_untrusted", (await SendAsync(world, world.OtherClients.Issue(Client))).Line["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_thumbprint_of_the_issuer_or_of_another_certificate_is_refused()
    {
        await using World world = await StartAsync();
        X509Certificate2 shown = world.Clients.Issue(Client);
        Assert.Equal("certificate_binding_mismatch", (await SendAsync(world, shown, world.Clients.Root)).Reply.Code);
        Assert.Equal("certificate_binding_mismatch", (await SendAsync(world, shown, world.Clients.Issue(Client))).Reply.Code);
    }

    [Fact]
    public async Task No_certificate_or_one_in_a_header_proves_nothing()
    {
        await using World world = await StartAsync();
        X509Certificate2 certificate = world.Clients.Issue(Client);
        Call call = Asked(world, certificate);
        call.Headers.Add(("Client-Cert", $":{Convert.ToBase64String(certificate.RawData)}:"));
        Reply reply = await call.SendAsync();
        Assert.Equal((401, "client_certificate_required"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_token_that_is_bound_to_a_key_is_not_proved_by_a_certificate()
    {
        await using World world = await StartAsync();
        Call call = new(world) { Scheme = "Bearer", SendsProof = false };
        using HttpClient http = Http(world.Clients.Issue(Client));
        Assert.Equal("invalid_token", (await call.SendAsync(http)).Code);
    }

    [Fact]
    public async Task A_list_of_revoked_certificates_is_wanted_young_and_by_the_issuer()
    {
        await using World world = await StartAsync(checksLists: true);
        X509Certificate2 good = world.Clients.Issue(Client), bad = world.Clients.Issue(Client);
        string Reason((Reply Reply, JsonNode Line) answer) => answer.Reply.Status == 200 ? "" : answer.Line["reason"]!.GetValue<string>();
        File.WriteAllBytes(world.FilePath("clients.crl"), world.Clients.RevocationList(world.Clock.Now.AddMinutes(-5), bad));
        Assert.Equal("", Reason(await SendAsync(world, good)));
        Assert.Equal("certificate_revoked", Reason(await SendAsync(world, bad)));
        File.WriteAllBytes(world.FilePath("clients.crl"), world.Clients.RevocationList(world.Clock.Now.AddMinutes(-11), bad));
        Assert.Equal("certificate_revocation_unknown", Reason(await SendAsync(world, good)));
        Assert.Equal("certificate_revoked", Reason(await SendAsync(world, bad)));
        File.WriteAllBytes(world.FilePath("clients.crl"), world.OtherClients.RevocationList(world.Clock.Now));
        Assert.Equal("certificate_revocation_unknown", Reason(await SendAsync(world, good)));
        File.WriteAllText(world.FilePath("clients.crl"), "nonsense");
        Assert.Equal("certificate_revocation_unknown", Reason(await SendAsync(world, good)));
        File.Delete(world.FilePath("clients.crl"));
        Assert.Equal("certificate_revocation_unknown", Reason(await SendAsync(world, good)));
    }

    [SharedFact("samples")]
    public void A_thumbprint_is_the_one_of_the_sample()
    {
        string folder = Testing.Repository.Path("..", "shared", "samples", "signer");
        Assert.SkipUnless(Directory.Exists(folder), "the samples are not there");
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(folder, "mtls-client.pem")));
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "mtls-client.x5t-S256")).Trim(), ClientCertificateCheck.ThumbprintOf(certificate));
    }

    private static Task<World> StartAsync(bool checksLists = false) => World.StartAsync(configuration => Configure(configuration, checksLists));

    private static void Configure(JsonObject configuration) => Configure(configuration, checksLists: false);

    private static void Configure(JsonObject configuration, bool checksLists)
    {
        configuration["listen"] = "https://127.0.0.1:0";
        configuration["tls"] = new JsonObject { ["certificate"] = "server.pem", ["key"] = "server.key" };
        configuration["mtls"] = new JsonObject { ["roots"] = new JsonObject { ["acme"] = "clients.pem", ["other"] = "other-clients.pem" }, ["crl"] = checksLists ? "checked" : "not-checked", ["crls"] = new JsonArray("clients.crl") };
    }

    private static Call Asked(World world, X509Certificate2 bound)
    {
        string thumbprint = ClientCertificateCheck.ThumbprintOf(bound);
        Call call = new(world) { Scheme = "Bearer", SendsProof = false };
        call.Token["cnf"] = new JsonObject { ["x5t#S256"] = thumbprint };
        call.Poe["cnf"] = new JsonObject { ["x5t#S256"] = thumbprint };
        return call;
    }

    private static async Task<(Reply Reply, JsonNode Line)> SendAsync(World world, X509Certificate2 shown, X509Certificate2? bound = null)
    {
        using HttpClient http = Http(shown);
        Reply reply = await Asked(world, bound ?? shown).SendAsync(http);
        return (reply, world.AuditLines()[^1]);
    }

    private static HttpClient Http(X509Certificate2 certificate)
    {
        SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback = Trust.Whoever;
        handler.SslOptions.ClientCertificates = [certificate];
        return new HttpClient(handler);
    }
}
