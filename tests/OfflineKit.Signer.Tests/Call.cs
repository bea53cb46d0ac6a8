using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>An answer, read.</summary>
internal sealed record Reply(int Status, JsonNode? Body, HttpResponseMessage Message)
{
    public string Code => Body?["code"]?.GetValue<string>() ?? "";

    public string Header(string name) => Message.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : "";
}

/// <summary>A request that would be accepted; a test changes one thing of it.</summary>
internal sealed class Call
{
    public Call(World world)
    {
        World = world;
        long now = world.Clock.Now.ToUnixTimeSeconds();
        TokenHeader = new JsonObject { ["typ"] = "at+jwt", ["alg"] = "ES256", ["kid"] = "k1" };
        Token = new JsonObject
        {
            ["iss"] = World.Issuer, ["aud"] = "signer", ["sub"] = "scanner", ["client_id"] = "scanner", ["jti"] = Guid.NewGuid().ToString(), ["tid"] = World.Tenant, ["inst"] = World.Installation,
            ["scope"] = "signer.sign signer.read signer.audit", ["iat"] = now, ["exp"] = now + 120, ["cnf"] = new JsonObject { ["jkt"] = world.Client.Thumbprint },
        };
        ProofHeader = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = world.Client.PublicJwk };
        Proof = new JsonObject { ["jti"] = Guid.NewGuid().ToString(), ["htm"] = "POST", ["htu"] = "https://signer.example/api/v1/signer/sign/dsse", ["iat"] = now };
        PoeHeader = new JsonObject { ["typ"] = "poe+jwt", ["alg"] = "ES256", ["kid"] = "l1" };
        Poe = new JsonObject
        {
            ["iss"] = World.Licensor, ["sub"] = "customer-1", ["tid"] = World.Tenant, ["inst"] = World.Installation, ["plan"] = "pro", ["iat"] = now - 86400, ["exp"] = now + (86400 * 300), ["jti"] = Guid.NewGuid().ToString(),
            ["cnf"] = new JsonObject { ["jkt"] = world.Client.Thumbprint }, ["maxRelease"] = "2027.12",
            ["entitlements"] = new JsonObject { ["modes"] = new JsonArray("keyful"), ["predicateTypes"] = new JsonArray("*"), ["qps"] = 100000, ["burst"] = 100000, ["concurrency"] = 1000, ["maxArtifactBytes"] = 20000, ["daily"] = 1000 },
        };
        Body = new JsonObject
        {
            ["subject"] = new JsonArray(new JsonObject { ["name"] = "registry.local/app", ["digest"] = new JsonObject { ["sha256"] = new string('1', 64) } }),
            ["predicateType"] = World.Sbom,
            ["predicate"] = new JsonObject { ["components"] = new JsonArray(), ["count"] = 0 },
            ["scannerImageDigest"] = World.Scanner,
        };
    }

    public World World { get; }

    public string Method { get; set; } = "POST";

    public string Path { get; set; } = "/api/v1/signer/sign/dsse";

    public JsonObject TokenHeader { get; }

    public JsonObject Token { get; }

    public JsonObject ProofHeader { get; }

    public JsonObject Proof { get; }

    public JsonObject PoeHeader { get; }

    public JsonObject Poe { get; }

    public JsonObject Body { get; }

    public JwtKey TokenSigner { get; set; } = null!;

    public JwtKey ProofSigner { get; set; } = null!;

    public JwtKey PoeSigner { get; set; } = null!;

    public string Scheme { get; set; } = "DPoP";

    /// <summary>Sent in place of what would be made.</summary>
    public string? TokenText { get; set; }

    public string? ProofText { get; set; }

    public string? PoeText { get; set; }

    public string? BodyText { get; set; }

    public string ContentType { get; set; } = "application/json";

    public List<(string Name, string Value)> Headers { get; } = [];

    public bool SendsToken { get; set; } = true;

    public bool SendsProof { get; set; } = true;

    /// <summary>The very same request once more, as somebody who listened would send it.</summary>
    public Task<Reply> SendAgainAsync()
    {
        (TokenText, ProofText) = (_token, _proof);
        return SendAsync();
    }

    /// <summary>The very same request, to another instance.</summary>
    public Call As(World other) => new(other) { TokenText = _token, ProofText = _proof, BodyText = Body.ToJsonString() };

    private string? _token, _proof;

    /// <summary>As a request of another endpoint without a body.</summary>
    public Call Get(string path)
    {
        (Method, Path) = ("GET", path);
        Proof["htm"] = "GET";
        Proof["htu"] = "https://signer.example" + path.Split('?')[0];
        return this;
    }

    public Task<Reply> SendAsync() => SendAsync(World.Http);

    /// <summary>The request as it would be sent.</summary>
    public HttpRequestMessage Made() => Made(World.Address);

    /// <summary>The request as it would be sent to <paramref name="service"/>.</summary>
    public HttpRequestMessage Made(Uri service)
    {
        string token = _token = TokenText ?? (TokenSigner ?? World.Authority).Sign(TokenHeader, Token);
        HttpRequestMessage request = new(new HttpMethod(Method), new Uri(service, Path));
        if (SendsToken)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"{Scheme} {token}");
        }

        if (SendsProof)
        {
            Proof.TryAdd("ath", Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token))));
            request.Headers.TryAddWithoutValidation("DPoP", _proof = ProofText ?? (ProofSigner ?? World.Client).Sign(ProofHeader, Proof));
        }

        foreach ((string name, string value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Method == "POST")
        {
            Body.TryAdd("poe", new JsonObject { ["format"] = "jwt", ["value"] = PoeText ?? (PoeSigner ?? World.Licensing).Sign(PoeHeader, Poe) });
            request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(BodyText ?? Body.ToJsonString()));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        }

        return request;
    }

    public async Task<Reply> SendAsync(HttpClient http)
    {
        using HttpRequestMessage request = Made();
        (request.Version, request.VersionPolicy) = (http.DefaultRequestVersion, http.DefaultVersionPolicy);
        HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return new Reply((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null, response);
    }
}
