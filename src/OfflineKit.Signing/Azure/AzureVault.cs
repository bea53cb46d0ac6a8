using System.Net;
using System.Net.Http.Headers;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Azure;

/// <summary>Requests to one vault, with a token for it and for nothing else.</summary>
internal sealed class AzureVault : IDisposable
{
    public const string Service = "Azure Key Vault";
    private const string Version = "api-version=7.4";
    private readonly AzureKeyUri _uri;
    private readonly RestClient _client;
    private readonly TokenStore _tokens;

    public AzureVault(AzureKeyUri uri, AzureSignIn signIn, KeyOpening opening, HttpMessageHandler? handler)
    {
        (_uri, _client) = (uri, new RestClient(Service, opening, handler));
        _tokens = new TokenStore(opening.Clock, async cancellation => await signIn.TokenAsync(await ChallengeAsync(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false));
    }

    /// <summary>The answer, which is a success.</summary>
    /// <exception cref="SigningException">The vault refused; the reason says why.</exception>
    public async Task<RestAnswer> SendAsync(HttpMethod method, string path, string operation, string? body, CancellationToken cancellation)
    {
        string token = await _tokens.GetAsync(cancellation).ConfigureAwait(false);
        RestAnswer answer = await _client.SendAsync(operation, _uri.Text, () => Request(method, path, body, token), cancellation).ConfigureAwait(false);
        return answer.IsSuccess ? answer : throw Refusal(answer, operation);
    }

    public void Dispose()
    {
        _client.Dispose();
        _tokens.Dispose();
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? body, string? token)
    {
        HttpRequestMessage request = new(method, $"https://{_uri.VaultHost}/{path}?{Version}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return request;
    }

    // The first request goes without a token, to learn who issues tokens for this vault.
    private async Task<AzureChallenge> ChallengeAsync(CancellationToken cancellation)
    {
        RestAnswer answer = await _client.SendAsync("challenge", _uri.Text, () => Request(HttpMethod.Get, $"keys/{_uri.Key}", null, null), cancellation).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.Unauthorized
            ? AzureChallenge.Parse(answer.Header("WWW-Authenticate"), _uri.VaultHost)
            : throw Refusal(answer, "challenge");
    }

    private SigningException Refusal(RestAnswer answer, string operation)
    {
        JsonValue? error = answer.JsonOrNull()?.OptionalNotNull("error") is { Kind: JsonKind.Object } found ? found : null;
        string code = Text(error, "code"), message = Text(error, "message");
        string inner = error?.OptionalNotNull("innererror") is { Kind: JsonKind.Object } nested ? Text(nested, "code") : "";
        Reason reason = (inner, code) switch
        {
            ("KeyDisabled", _) => ServiceReasons.KeyDisabled,
            ("KeyNotYetValid" or "KeyExpired", _) => ServiceReasons.KeyUnavailable,
            (_, "Forbidden") when message.Contains("is not allowed on key", StringComparison.OrdinalIgnoreCase)
                || message.Contains("Operation sign is not permitted", StringComparison.OrdinalIgnoreCase) => ServiceReasons.WrongUsage,
            (_, "Forbidden") when message.Contains("disabled", StringComparison.OrdinalIgnoreCase) => ServiceReasons.KeyDisabled,
            _ => ServiceFault.ReasonOf(answer.Status),
        };
        string names = string.Join(" / ", ((string[])[code, inner]).Where(name => name.Length > 0));
        return ServiceFault.Refusal(reason, Service, operation, _uri.Text, answer.Status, $"{names}{(message.Length > 0 ? ": " + message : "")}");
    }

    private static string Text(JsonValue? json, string member) => json?.OptionalNotNull(member) is { Kind: JsonKind.String } value ? value.Text : "";
}
