using System.Text.Json.Nodes;
using System.Web;
using OfflineKit.Signing.Tests.Services;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>Stands at the real addresses of the public instance, for a program that goes through its proxy; certifies nobody.</summary>
internal sealed class PublicInstance : IDisposable
{
    private const string Issuer = "https://oauth2.sigstore.dev/auth";
    private readonly TestAuthority _authority = new();
    private readonly LoopbackServer _server;
    private string _nonce = "";

    public PublicInstance()
    {
        _server = new LoopbackServer(Answer, authority: _authority);
        Folder.Write("a", "hello\n");
        Folder.Write("authority.pem", _authority.Pem);
        Folder.Write("token", Token());
        Folder.Write("xdg-open", "#!/bin/sh\ncurl -sSL \"$1\" > visited\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Folder["xdg-open"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public Folder Folder { get; } = new();

    /// <summary>Where the issuer says that codes become tokens.</summary>
    public string Exchange { get; init; } = Issuer + "/token";

    /// <summary>How often a certificate was asked for: from then on an identity is public.</summary>
    public int Certified => _server.Requests.Count(asked => asked.Path == "/api/v2/signingCert");

    /// <summary>Signs without a terminal; <paramref name="input"/> is on standard input.</summary>
    public (int Exit, string Output) Sign(string input, params string[] arguments) => Peer.Sign(Folder.Path, ["sign", "a", "--format", "sigstore", "--keyless", .. arguments], input, Environment());

    /// <summary>Signs at a terminal where <paramref name="typed"/> is typed.</summary>
    public (int Exit, string Output) SignAtTerminal(string typed, params string[] arguments)
    {
        _ = Peer.Needed("curl");
        string program = $"{Peer.Needed("dotnet")} {Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")} sign a --format sigstore --keyless {string.Join(' ', arguments)}";
        return Peer.Run(Folder.Path, "script", ["-qec", program, "/dev/null"], typed, Environment());
    }

    public void Dispose()
    {
        _server.Dispose();
        _authority.Dispose();
        Folder.Dispose();
    }

    private (string, string)[] Environment() =>
    [
        ("HTTPS_PROXY", _server.Url), ("NO_PROXY", ""), ("SSL_CERT_FILE", Folder["authority.pem"]), ("SSL_CERT_DIR", Folder.Path), ("CURL_CA_BUNDLE", Folder["authority.pem"]),
        ("PATH", $"{Folder.Path}:{System.Environment.GetEnvironmentVariable("PATH")}"), ("SIGSTORE_ID_TOKEN", ""), ("ACTIONS_ID_TOKEN_REQUEST_URL", ""), ("GITHUB_ACTIONS", ""),
    ];

    private Told Answer(Asked asked) => asked.Path.Split('?')[0] switch
    {
        "/auth/.well-known/openid-configuration" => Json(new JsonObject { ["issuer"] = Issuer, ["authorization_endpoint"] = Issuer + "/authorize", ["token_endpoint"] = Exchange }),
        "/auth/authorize" => Authorize(HttpUtility.ParseQueryString(asked.Path.Split('?')[1])),
        "/auth/token" => Json(new JsonObject { ["id_token"] = Token() }),
        _ => new Told(400, "{\"message\":\"nobody is certified here\"}"),
    };

    private static Told Json(JsonObject body) => new(200, body.ToJsonString());

    private Told Authorize(System.Collections.Specialized.NameValueCollection query)
    {
        _nonce = query["nonce"]!;
        return new Told(302, "", Headers: ("Location", $"{query["redirect_uri"]}?code=x&state={query["state"]}"));
    }

    private string Token() => SigstoreStub.TokenOf(new JsonObject
    {
        ["iss"] = Issuer, ["sub"] = "robot", ["aud"] = "sigstore", ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds(), ["nonce"] = _nonce,
    });
}
