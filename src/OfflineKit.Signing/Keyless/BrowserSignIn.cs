using System.Buffers.Text;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Keyless;

/// <summary>Signs a person in by browser: authorization code with PKCE (RFC 7636) and a redirection to this machine (RFC 8252), or a code that is typed.</summary>
/// <remarks>State and nonce tie the answer to this run; the issuer's own document names its endpoints, and the token is the issuer's own. A code is sent once.</remarks>
internal sealed class BrowserSignIn(Uri issuer, string client, SignInPrompt prompt) : IdentityTokenSource
{
    private const string Service = "OIDC issuer", OutOfBand = "urn:ietf:wg:oauth:2.0:oob";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override string Name => $"sign-in at {issuer.Authority}";

    /// <inheritdoc/>
    public override bool IsInteractive => true;

    /// <inheritdoc/>
    public override async Task<IdentityToken> FetchAsync(KeyOpening opening, CancellationToken cancellation)
    {
        // 1 The issuer's endpoints.
        Endpoints endpoints = await DiscoverAsync(opening, cancellation).ConfigureAwait(false);

        // 2 The person signs in; state and challenge are of this run alone.
        (string verifier, string state, string nonce) = (Random(), Random(), Random());
        using LoopbackRedirect? redirect = prompt.IsByCode ? null : new LoopbackRedirect(state);
        string back = redirect?.Address ?? OutOfBand;
        prompt.Show(new Uri($"{endpoints.Authorization.AbsoluteUri}{(endpoints.Authorization.Query.Length > 0 ? '&' : '?')}{Form(
            ("response_type", "code"), ("client_id", client), ("redirect_uri", back), ("scope", "openid email"), ("state", state), ("nonce", nonce),
            ("code_challenge", Base64Url.EncodeToString(Digest.Sha256(Utf8Text.Encode(verifier)).Bytes)), ("code_challenge_method", "S256"))}"));
        string code = redirect is null ? prompt.AskCode().Trim() : await redirect.CodeAsync(Timeout, cancellation).ConfigureAwait(false);
        if (code.Length == 0)
        {
            throw KeylessReasons.SignInFailed.Refusal("no code was typed");
        }

        // 3 The code for the token, which is this issuer's and of this sign-in.
        string token = await ExchangeAsync(
            opening, endpoints.Exchange, [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back), ("client_id", client), ("code_verifier", verifier)], cancellation).ConfigureAwait(false);
        IdentityToken identity = IdentityToken.Parse(token, opening.Clock.GetUtcNow());
        if (identity.SignedBy != endpoints.Issuer)
        {
            throw KeylessReasons.SignInFailed.Refusal($"the token of {issuer.Authority} is by the issuer \"{identity.SignedBy}\", wanted \"{endpoints.Issuer}\"");
        }

        return identity.Nonce == nonce ? identity : throw KeylessReasons.SignInFailed.Refusal($"the token of {issuer.Authority} answers another sign-in: its nonce is not the one that was sent");
    }

    private async Task<Endpoints> DiscoverAsync(KeyOpening opening, CancellationToken cancellation)
    {
        using RestClient rest = new(Service, opening);
        Uri document = ServiceAddress.Below(issuer, "/.well-known/openid-configuration");
        RestAnswer answer = await rest.SendAsync("discovery", issuer.Authority, () => new HttpRequestMessage(HttpMethod.Get, document), cancellation).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            throw ServiceFault.Refusal(Service, "discovery", issuer, answer);
        }

        JsonValue json = answer.Json(Service);
        string[] members = RestAnswer.Read<string[]>(Service, () => [json.String("issuer"), json.String("authorization_endpoint"), json.String("token_endpoint")]);
        return members[0].TrimEnd('/') == issuer.AbsoluteUri.TrimEnd('/')
            ? new Endpoints(members[0], Endpoint(members[1], "authorization_endpoint"), Endpoint(members[2], "token_endpoint"))
            : throw ServiceReasons.UnsafeAddress.Refusal($"{document} describes the issuer \"{members[0]}\"");
    }

    // An issuer elsewhere has no business with what listens on this machine.
    private Uri Endpoint(string text, string member)
    {
        Uri address = ServiceAddress.Parse(text, member);
        return address.IsLoopback && !issuer.IsLoopback
            ? throw ServiceReasons.UnsafeAddress.Refusal($"{member} of {issuer.Authority} is {address.Scheme}://{address.Authority}, on this machine")
            : address;
    }

    // A code counts once: an issuer that sees it again takes back what it gave for it (RFC 6749 §4.1.2).
    private static async Task<string> ExchangeAsync(KeyOpening opening, Uri exchange, (string, string)[] fields, CancellationToken cancellation)
    {
        using RestClient rest = new(Service, opening) { Repetition = Repetition.OnlyIfNotTaken };
        string form = Form(fields);
        fields.Where(field => field.Item1 is "code" or "code_verifier").ToList().ForEach(field => opening.Secrets.Hold(field.Item2));
        RestAnswer answer = await rest.SendAsync(
            "token",
            exchange.Authority,
            () => new HttpRequestMessage(HttpMethod.Post, exchange) { Content = new StringContent(form, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded") },
            cancellation).ConfigureAwait(false);
        JsonValue? json = answer.JsonOrNull();
        if (answer.IsSuccess && json?.OptionalNotNull("id_token") is { Kind: JsonKind.String } token)
        {
            return token.Text;
        }

        string error = json?.OptionalNotNull("error") is { Kind: JsonKind.String, Text.Length: < 100 } text ? $" {text.Text}" : "";
        throw KeylessReasons.SignInFailed.Refusal($"{exchange.Authority} gave no identity token for the code: {(int)answer.Status}{error}");
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Form(params (string Name, string Value)[] fields) => string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));

    private sealed record Endpoints(string Issuer, Uri Authorization, Uri Exchange);
}
