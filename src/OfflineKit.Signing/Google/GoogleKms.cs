using System.Net;
using System.Net.Http.Headers;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Google;

/// <summary>Requests about one key version.</summary>
internal sealed class GoogleKms : IDisposable
{
    public const string Service = "Google Cloud KMS";
    private const string OverrideVariable = "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS";
    private readonly GoogleKeyUri _uri;
    private readonly RestClient _client;
    private readonly TokenStore _tokens;
    private readonly Uri _base;

    public GoogleKms(GoogleKeyUri uri, KeyOpening opening, HttpMessageHandler? handler)
    {
        string? other = opening.Variable(OverrideVariable);
        _base = string.IsNullOrEmpty(other) ? new Uri("https://cloudkms.googleapis.com/") : ServiceAddress.Parse(other, OverrideVariable);
        (_uri, _client) = (uri, new RestClient(Service, opening, handler));
        GoogleSignIn signIn = new(opening, _client);
        _tokens = new TokenStore(opening.Clock, signIn.TokenAsync);
    }

    /// <summary>The answer, which is a success, to a request about the version's <paramref name="suffix"/>.</summary>
    public async Task<RestAnswer> SendAsync(HttpMethod method, string suffix, string operation, string? body, CancellationToken cancellation)
    {
        string token = await _tokens.GetAsync(cancellation).ConfigureAwait(false);
        RestAnswer answer = await _client.SendAsync(
            operation,
            _uri.ResourceName,
            () =>
            {
                HttpRequestMessage request = new(method, new Uri(_base, $"v1/{_uri.ResourceName}{suffix}"));
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
                return request;
            },
            cancellation).ConfigureAwait(false);
        return answer.IsSuccess ? answer : throw Refusal(answer, operation);
    }

    public void Dispose()
    {
        _client.Dispose();
        _tokens.Dispose();
    }

    private SigningException Refusal(RestAnswer answer, string operation)
    {
        JsonValue? error = answer.JsonOrNull()?.OptionalNotNull("error") is { Kind: JsonKind.Object } found ? found : null;
        string status = Text(error, "status"), message = Text(error, "message");
        Reason reason = status switch
        {
            "FAILED_PRECONDITION" when message.Contains("DESTROY", StringComparison.Ordinal) || message.Contains("PENDING", StringComparison.Ordinal) => ServiceReasons.KeyUnavailable,
            "FAILED_PRECONDITION" => ServiceReasons.KeyDisabled,
            "INVALID_ARGUMENT" when message.Contains("purpose", StringComparison.OrdinalIgnoreCase) => ServiceReasons.WrongUsage,
            "NOT_FOUND" => ServiceReasons.KeyNotFound,
            "PERMISSION_DENIED" => ServiceReasons.Denied,
            "UNAUTHENTICATED" => ServiceReasons.BadCredentials,
            "RESOURCE_EXHAUSTED" => ServiceReasons.Throttled,
            _ => ServiceFault.ReasonOf(answer.Status),
        };
        string also = status == "PERMISSION_DENIED" ? " (a missing key looks the same)" : "";
        return ServiceFault.Refusal(reason, Service, operation, _uri.ResourceName, answer.Status, $"{status}{(message.Length > 0 ? ": " + message : "")}{also}");
    }

    private static string Text(JsonValue? json, string member) => json?.OptionalNotNull(member) is { Kind: JsonKind.String } value ? value.Text : "";
}
