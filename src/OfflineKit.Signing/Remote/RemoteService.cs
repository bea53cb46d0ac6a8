using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Remote;

/// <summary>A signing service, as this client reaches it.</summary>
/// <param name="Address">Its base address.</param>
/// <param name="Opening">Where requests are told, secrets held, and the clock.</param>
internal sealed record RemoteService(Uri Address, KeyOpening Opening)
{
    private const int LongestAnswer = 64 * 1024 * 1024;

    /// <summary>The client's key; null where a certificate stands for it.</summary>
    public SigningKey? Key { get; init; }

    /// <summary>The client's certificate with its key; null where a key stands for it.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The access token; null asks <see cref="TokenAddress"/>.</summary>
    public string? Token { get; init; }

    /// <summary>Where the authority issues tokens.</summary>
    public Uri? TokenAddress { get; init; }

    /// <summary>As whom to ask; null asks by the proof alone.</summary>
    public string? ClientId { get; init; }

    /// <summary>The answer of <paramref name="endpoint"/>, such as <c>sign/dsse</c>, to <paramref name="body"/>.</summary>
    /// <exception cref="SigningException"><c>remote.refused</c>, <c>remote.no-token</c>, <c>service.*</c>.</exception>
    public async Task<JsonValue> PostAsync(string endpoint, byte[] body, CancellationToken cancellation)
    {
        using RestClient client = Client("the signing service");
        string token = Token ?? await TokenAsync(cancellation).ConfigureAwait(false);
        Opening.Secrets.Hold(token);
        Uri target = ServiceAddress.Below(Address, "/api/v1/signer/" + endpoint);

        // Repeating is harmless: under the same key the service signs once.
        string repetition = RandomNumberGenerator.GetHexString(32, lowercase: true);
        RestAnswer answer = await SendAsync(client, endpoint, target, token, () =>
        {
            HttpRequestMessage request = JsonText.Post(target, body);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", repetition);
            return request;
        }, cancellation).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.OK ? answer.Json("the signing service") : throw Refusal(RemoteReasons.Refused, "the signing service", answer);
    }

    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        using RestClient client = Client("the authority");
        Dictionary<string, string> form = new(StringComparer.Ordinal) { ["grant_type"] = "client_credentials", ["scope"] = "signer.sign" };
        if (ClientId is { } id)
        {
            form["client_id"] = id;
        }

        RestAnswer answer = await SendAsync(client, "token", TokenAddress!, token: null, () => new HttpRequestMessage(HttpMethod.Post, TokenAddress) { Content = new FormUrlEncodedContent(form) }, cancellation).ConfigureAwait(false);
        return answer.IsSuccess ? answer.Json("the authority").String("access_token") : throw Refusal(RemoteReasons.NoToken, "the authority", answer);
    }

    // A service that wants its nonce says so once.
    private async Task<RestAnswer> SendAsync(RestClient client, string operation, Uri target, string? token, Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        RestAnswer answer = await SendOnceAsync(client, operation, target, token, nonce: null, make, cancellation).ConfigureAwait(false);
        return answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest && answer.Header("DPoP-Nonce") is { Length: > 0 } nonce && Key is not null
            ? await SendOnceAsync(client, operation, target, token, nonce, make, cancellation).ConfigureAwait(false)
            : answer;
    }

    private async Task<RestAnswer> SendOnceAsync(RestClient client, string operation, Uri target, string? token, string? nonce, Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        string? proof = Key is null ? null : await new DpopProofs(Key, Opening.Clock).MakeAsync("POST", target, token, nonce, cancellation).ConfigureAwait(false);
        return await client.SendAsync(operation, target.AbsolutePath, () =>
        {
            HttpRequestMessage request = make();
            if (token is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", $"{(proof is null ? "Bearer" : "DPoP")} {token}");
            }

            if (proof is not null)
            {
                request.Headers.TryAddWithoutValidation("DPoP", proof);
            }

            return request;
        }, cancellation).ConfigureAwait(false);
    }

    // A proof serves once, so the client below repeats nothing that may have been taken.
    private RestClient Client(string name)
    {
        SocketsHttpHandler handler = RestClient.Handler();
        if (Certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [Certificate];
        }

        return new RestClient(name, Opening, handler, Opening.Timeout) { Repetition = Repetition.OnlyIfNotTaken, LongestBody = LongestAnswer };
    }

    private static SigningException Refusal(Reason reason, string service, RestAnswer answer)
    {
        JsonValue? problem = answer.JsonOrNull();
        string code = problem?.OptionalNotNull("code") is { Kind: JsonKind.String } known ? known.Text : problem?.OptionalNotNull("error") is { Kind: JsonKind.String } error ? error.Text : "";
        string detail = problem?.OptionalNotNull("detail") is { Kind: JsonKind.String } text ? ": " + text.Text : "";
        return reason.Refusal($"{service}: {(int)answer.Status} {code}{detail}");
    }
}
