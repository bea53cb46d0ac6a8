using System.Net.Http.Headers;
using OfflineKit.Encoding;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Services;

/// <summary>Asks one service with a bearer token, which is fetched at the first request and kept.</summary>
internal abstract class BearerClient : IDisposable
{
    private readonly string _service, _reference;
    private readonly TokenStore _tokens;
    private readonly HeldSecrets _secrets;

    /// <summary>A client of <paramref name="service"/>, as messages call it, whose requests are all about <paramref name="reference"/>.</summary>
    protected BearerClient(string service, string reference, KeyOpening opening, HttpMessageHandler? handler)
    {
        (_service, _reference, Client) = (service, reference, new RestClient(service, opening, handler));
        _secrets = opening.Secrets;
        _tokens = new TokenStore(opening.Clock, TokenAsync);
    }

    /// <summary>The requests themselves.</summary>
    protected RestClient Client { get; }

    /// <summary>The answer, which is a success.</summary>
    /// <exception cref="SigningException">The service refused; the reason says why.</exception>
    public async Task<RestAnswer> SendAsync(HttpMethod method, string path, string operation, string? body, CancellationToken cancellation)
    {
        RestAnswer answer = await TryAsync(method, path, operation, body, cancellation).ConfigureAwait(false);
        return answer.IsSuccess ? answer : throw Refused(answer, operation);
    }

    /// <summary>The answer, whatever its status.</summary>
    protected async Task<RestAnswer> TryAsync(HttpMethod method, string path, string operation, string? body, CancellationToken cancellation)
    {
        string token = await _tokens.GetAsync(cancellation).ConfigureAwait(false);
        _secrets.Hold(token);
        return await AskAsync(method, path, operation, body, token, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        _tokens.Dispose();
    }

    /// <summary>Where <paramref name="path"/> is.</summary>
    protected abstract Uri Address(string path);

    /// <summary>A new token.</summary>
    protected abstract Task<BearerToken> TokenAsync(CancellationToken cancellation);

    /// <summary>What a refusal means, by the members of the object <c>error</c>; <paramref name="error"/> answers empty for what is not there.</summary>
    protected abstract (Reason Reason, string Text) Meaning(RestAnswer answer, Func<string, string> error);

    /// <summary>The answer, whatever its status; null for <paramref name="token"/> asks without one.</summary>
    protected Task<RestAnswer> AskAsync(HttpMethod method, string path, string operation, string? body, string? token, CancellationToken cancellation) => Client.SendAsync(
        operation,
        _reference,
        () =>
        {
            HttpRequestMessage request = new(method, Address(path));
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            return request;
        },
        cancellation);

    /// <summary>The exception for <paramref name="answer"/>, which is none that was wanted.</summary>
    protected SigningException Refused(RestAnswer answer, string operation)
    {
        JsonValue? error = answer.JsonOrNull()?.OptionalNotNull("error");
        (Reason reason, string text) = Meaning(answer, path => Member(error, path));
        return ServiceFault.Refusal(reason, _service, operation, _reference, answer.Status, text);
    }

    // "outer.inner" is a member of a member.
    private static string Member(JsonValue? json, string path)
    {
        foreach (string name in path.Split('.'))
        {
            json = json is { Kind: JsonKind.Object } ? json.OptionalNotNull(name) : null;
        }

        return json is { Kind: JsonKind.String } ? json.Text : "";
    }
}
