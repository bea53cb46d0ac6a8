using System.Net;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Google;

/// <summary>Requests about one key version.</summary>
internal sealed class GoogleKms : BearerClient
{
    public const string Service = "Google Cloud KMS";
    private const string OverrideVariable = "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS";
    private readonly GoogleKeyUri _uri;
    private readonly GoogleSignIn _signIn;
    private readonly Uri _base;

    public GoogleKms(GoogleKeyUri uri, KeyOpening opening, HttpMessageHandler? handler)
        : base(Service, uri.ResourceName, opening, handler)
    {
        string? other = opening.Variable(OverrideVariable);
        _base = string.IsNullOrEmpty(other) ? new Uri("https://cloudkms.googleapis.com/") : ServiceAddress.Parse(other, OverrideVariable);
        (_uri, _signIn) = (uri, new GoogleSignIn(opening, Client));
    }

    /// <summary>The public key of the version. A post-quantum one has no PEM: it is asked for in the form of its standard, which other keys have not.</summary>
    /// <exception cref="SigningException">The service refused; the reason says why.</exception>
    public async Task<RestAnswer> PublicKeyAsync(CancellationToken cancellation)
    {
        const string Operation = "get public key";
        RestAnswer answer = await TryAsync(HttpMethod.Get, "/publicKey", Operation, body: null, cancellation).ConfigureAwait(false);
        RestAnswer asked = answer.Status == HttpStatusCode.BadRequest ? await TryAsync(HttpMethod.Get, "/publicKey?publicKeyFormat=NIST_PQC", Operation, body: null, cancellation).ConfigureAwait(false) : answer;
        return asked.IsSuccess ? asked : throw Refused(answer, Operation);
    }

    /// <summary>What follows the version's name: <c>/publicKey</c>, <c>:asymmetricSign</c>.</summary>
    protected override Uri Address(string path) => new(_base, $"v1/{_uri.ResourceName}{path}");

    protected override Task<BearerToken> TokenAsync(CancellationToken cancellation) => _signIn.TokenAsync(cancellation);

    protected override (Reason Reason, string Text) Meaning(RestAnswer answer, Func<string, string> error)
    {
        string status = error("status"), message = error("message");
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
        return (reason, $"{status}{(message.Length > 0 ? ": " + message : "")}{also}");
    }
}
