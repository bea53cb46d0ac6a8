using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using OfflineKit.Signing.Keyless;
using OfflineKit.Signing.Tests.Services;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>A sign-in by browser ends in a token of this very sign-in, or in none.</summary>
public sealed class BrowserSignInTests
{
    private const string Discovery = "/.well-known/openid-configuration", Exchange = "/token";

    [Fact]
    public async Task A_browser_comes_back_with_a_code_that_others_cannot_use()
    {
        await using SigstoreMock mock = SigstoreMock.Start();
        Assert.Equal("dev@example.com", (await FetchAsync(new Uri(mock.Issuer), new Browser())).Name);
        Assert.Equal("dev@example.com", (await FetchAsync(new Uri(mock.Issuer), new Browser { AsksCode = true })).Name);
    }

    [Fact]
    public async Task Another_state_is_told_so_and_the_right_one_still_counts()
    {
        using Issuer issuer = new();
        Browser browser = new() { IsDisturbed = true };
        Assert.Equal("sub", (await FetchAsync(issuer.Address, browser)).Name);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Disturbance);
    }

    [Theory]
    [InlineData("denied", "keyless.sign-in-failed", "access_denied")]
    [InlineData("nonce", "keyless.sign-in-failed", "nonce")]
    [InlineData("exchange", "keyless.sign-in-failed", "invalid_grant")]
    [InlineData("issuer", "service.unsafe-address", "elsewhere")]
    [InlineData("plain", "service.unsafe-address", "http://elsewhere.example")]
    [InlineData("discovery", "service.malformed-answer", "OIDC issuer")]
    [InlineData("iss", "keyless.sign-in-failed", "https://elsewhere.example")]
    public async Task A_sign_in_that_goes_wrong(string fault, string reason, string containing)
    {
        using Issuer issuer = new(fault);
        SigningException refusal = await Assert.ThrowsAsync<SigningException>(() => FetchAsync(issuer.Address, new Browser()));
        Assert.True(refusal.Finding.Reason.Code == reason && refusal.Message.Contains(containing, StringComparison.Ordinal), $"{refusal.Finding.Reason.Code}: {refusal.Message}");
    }

    [Theory]
    [InlineData(Discovery, 4)]
    [InlineData(Exchange, 1)]
    public async Task A_connection_that_breaks(string stage, int most)
    {
        foreach (Cut cut in (Cut[])[Cut.BeforeTheAnswer, Cut.InTheHeaders, Cut.InTheBody])
        {
            using Issuer issuer = new() { Cuts = path => path == stage ? cut : Cut.Nowhere };
            SigningException refusal = await Assert.ThrowsAsync<SigningException>(() => FetchAsync(issuer.Address, new Browser()));
            Assert.Equal("service.unreachable", refusal.Finding.Reason.Code);

            // A code counts once: an issuer that sees it again takes back what it gave. A GET that ended without a byte is repeated by the platform as well.
            Assert.InRange(issuer.Count(stage), most, most == 1 || cut != Cut.BeforeTheAnswer ? most : 16);
        }
    }

    private static Task<IdentityToken> FetchAsync(Uri issuer, Browser browser) =>
        new BrowserSignIn(issuer, "sigstore", browser).FetchAsync(new KeyOpening(), TestContext.Current.CancellationToken);

    /// <summary>Goes where it is sent, as a browser does.</summary>
    private sealed class Browser : SignInPrompt
    {
        private Uri? _asked;

        public override bool IsByCode => AsksCode;

        public bool AsksCode { get; init; }

        public bool IsDisturbed { get; init; }

        public HttpStatusCode? Disturbance { get; private set; }

        public override void Show(Uri address)
        {
            _asked = address;
            if (!IsByCode)
            {
                _ = Task.Run(VisitAsync);
            }
        }

        // The page that would show the code.
        public override string AskCode()
        {
            using HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
            using HttpResponseMessage answer = client.GetAsync(_asked).GetAwaiter().GetResult();
            return HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["code"]!;
        }

        private async Task VisitAsync()
        {
            using HttpClient client = new();
            if (IsDisturbed)
            {
                string back = HttpUtility.ParseQueryString(_asked!.Query)["redirect_uri"]!;
                using HttpResponseMessage disturbed = await client.GetAsync(back + "?state=other&code=stolen");
                Disturbance = disturbed.StatusCode;
            }

            using HttpResponseMessage _ = await client.GetAsync(_asked);
        }
    }

    /// <summary>An issuer that signs everybody in, and can be made wrong.</summary>
    private sealed class Issuer : IDisposable
    {
        private readonly LoopbackServer _server;
        private readonly string _fault;
        private string _nonce = "";

        public Issuer(string fault = "")
        {
            _fault = fault;
            _server = new LoopbackServer(asked => Answer(asked) with { Cut = Cuts(asked.Path) });
        }

        public Uri Address => new(_server.Url);

        public Func<string, Cut> Cuts { get; init; } = _ => Cut.Nowhere;

        public int Count(string path) => _server.Requests.Count(asked => asked.Path == path);

        public void Dispose() => _server.Dispose();

        private Told Answer(Asked asked) => asked.Path.Split('?')[0] switch
        {
            Discovery => new Told(200, _fault == "discovery" ? "<html>" : new JsonObject
            {
                ["issuer"] = _fault == "issuer" ? "https://elsewhere.example" : _server.Url,
                ["authorization_endpoint"] = _server.Url + "/authorize",
                ["token_endpoint"] = _fault == "plain" ? "http://elsewhere.example/token" : _server.Url + Exchange,
            }.ToJsonString()),
            "/authorize" => Authorize(HttpUtility.ParseQueryString(asked.Path.Split('?')[1])),
            _ => _fault == "exchange" ? new Told(400, "{\"error\":\"invalid_grant\"}") : new Told(200, new JsonObject { ["id_token"] = Token() }.ToJsonString()),
        };

        private Told Authorize(System.Collections.Specialized.NameValueCollection query)
        {
            _nonce = query["nonce"]!;
            return new Told(302, "", Headers: ("Location", $"{query["redirect_uri"]}?{(_fault == "denied" ? "error=access_denied" : "code=x")}&state={query["state"]}"));
        }

        private string Token() => SigstoreStub.TokenOf(new JsonObject
        {
            ["iss"] = _fault == "iss" ? "https://elsewhere.example" : _server.Url, ["sub"] = "sub", ["aud"] = "sigstore", ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds(), ["nonce"] = _fault == "nonce" ? "another" : _nonce,
        });
    }
}
