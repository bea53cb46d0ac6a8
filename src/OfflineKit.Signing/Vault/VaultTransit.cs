using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Vault;

/// <summary>Requests to one transit engine, as the standard variables describe it.</summary>
/// <remarks><c>VAULT_SKIP_VERIFY</c> is not obeyed: <c>VAULT_CACERT</c> names the authority of a private certificate.</remarks>
internal sealed class VaultTransit : IDisposable
{
    private const int TokenLimit = 4096;
    private readonly VaultKeyUri _uri;
    private readonly KeyOpening _opening;
    private readonly HttpMessageHandler _handler;
    private readonly RestClient _client;
    private readonly Uri _address;
    private readonly string _token, _mount;

    public VaultTransit(VaultKeyUri uri, KeyOpening opening)
    {
        (_uri, _opening) = (uri, opening);
        Service = uri.Scheme == "openbao" ? "OpenBao" : "Vault";
        _address = ServiceAddress.Parse(Set("ADDR") ?? throw ServiceReasons.NoCredentials.Refusal($"{Service}: VAULT_ADDR{(Service == "OpenBao" ? " or BAO_ADDR" : "")} is not set"), "VAULT_ADDR");
        _mount = opening.Variable("TRANSIT_SECRET_ENGINE_PATH") is { Length: > 0 } mount ? mount.Trim('/') : "transit";
        _token = Token();
        opening.Secrets.Hold(_token);
        _handler = Handler();
        _client = new RestClient(Service, opening, _handler);
    }

    /// <summary>Which of the two, for messages.</summary>
    public string Service { get; }

    /// <summary>The answer, which is a success, about <paramref name="path"/> below the mount.</summary>
    public async Task<RestAnswer> SendAsync(HttpMethod method, string path, string operation, string? body, CancellationToken cancellation)
    {
        Uri target = new(_address, $"/v1/{_mount}/{path}");
        RestAnswer answer = await AskAsync(method, target, operation, body, cancellation).ConfigureAwait(false);
        if (answer.Status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
        {
            answer = await AskAsync(method, Redirected(answer, target), operation, body, cancellation).ConfigureAwait(false);
        }

        return answer.IsSuccess ? answer : throw Refusal(answer, operation);
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private Task<RestAnswer> AskAsync(HttpMethod method, Uri target, string operation, string? body, CancellationToken cancellation) => _client.SendAsync(
        operation,
        _uri.Text,
        () =>
        {
            HttpRequestMessage request = new(method, target) { Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("X-Vault-Token", _token);
            request.Headers.TryAddWithoutValidation("X-Vault-Request", "true");
            if (Set("NAMESPACE") is { } name)
            {
                request.Headers.TryAddWithoutValidation("X-Vault-Namespace", name);
            }

            return request;
        },
        cancellation);

    // A standby sends clients to the active node. The token goes only to the host that the user named.
    private Uri Redirected(RestAnswer answer, Uri from)
    {
        Uri target = answer.Headers.Location is { } location ? new Uri(from, location) : throw ServiceReasons.MalformedAnswer.Refusal($"{Service}: a redirection to nowhere");
        ServiceAddress.RefuseUnencrypted(target, $"{Service} redirects and its target");
        return string.Equals(target.Host, _address.Host, StringComparison.OrdinalIgnoreCase) && (target.Scheme == "https" || _address.Scheme == "http")
            ? target
            : throw ServiceReasons.UnsafeAddress.Refusal($"{Service} at {_address.Authority} redirects to {target.Scheme}://{target.Authority}; the token is sent only to the host in VAULT_ADDR");
    }

    private SigningException Refusal(RestAnswer answer, string operation)
    {
        string text = answer.JsonOrNull()?.OptionalNotNull("errors") is { Kind: JsonKind.Array } errors
            ? string.Join("; ", errors.Elements.Where(error => error.Kind == JsonKind.String).Select(error => error.Text.Trim()))
            : "";
        Reason reason = text switch
        {
            _ when text.Contains("signing key not found", StringComparison.Ordinal) => ServiceReasons.KeyNotFound,
            _ when text.Contains("version", StringComparison.Ordinal) && text.Contains("key version", StringComparison.Ordinal) => ServiceReasons.KeyUnavailable,
            _ when text.Contains("does not support signing", StringComparison.Ordinal) => ServiceReasons.WrongUsage,
            _ => ServiceFault.ReasonOf(answer.Status),
        };
        string hint = answer.Status switch
        {
            HttpStatusCode.Forbidden => $" (the token may have expired; needed are update on {_mount}/sign/{_uri.Key}/* and read on {_mount}/keys/{_uri.Key})",
            HttpStatusCode.NotFound => $" (no key {_uri.Key} under the mount {_mount})",
            _ => "",
        };
        return ServiceFault.Refusal(reason, Service, operation, _uri.Text, answer.Status, text + hint);
    }

    private string Token()
    {
        if (Set("TOKEN") is { } variable)
        {
            _opening.OnRemark($"{Service} credentials: environment variable");
            return Clean(variable, "VAULT_TOKEN");
        }

        string path = Path.Combine(_opening.Variable("HOME") ?? "", ".vault-token");
        // Without HOME it would be the folder in which the signed files are.
        if (!Path.IsPathFullyQualified(path) || !FileStatus.IsFile(path) || PlainFile.Length(path) > TokenLimit)
        {
            throw ServiceReasons.NoCredentials.Refusal($"{Service}: VAULT_TOKEN is not set and {path} is no token file");
        }

        _opening.OnRemark($"{Service} credentials: {path}");
        return Clean(System.Text.Encoding.UTF8.GetString(PlainFile.ReadAll(path)), path);
    }

    private string Clean(string token, string source)
    {
        string trimmed = token.Trim();
        return trimmed.Length > 0 && trimmed.All(char.IsAscii) && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw ServiceReasons.NoCredentials.Refusal($"{Service}: {source} holds no token");
    }

    // OpenBao reads its own names first.
    private string? Set(string name)
    {
        string? own = _uri.Scheme == "openbao" && _opening.Variable("BAO_" + name) is { Length: > 0 } bao ? bao : _opening.Variable("VAULT_" + name);
        return string.IsNullOrEmpty(own) ? null : own;
    }

    private SocketsHttpHandler Handler()
    {
        SocketsHttpHandler handler = RestClient.Handler();
        if (Set("CACERT") is { } path)
        {
            handler.SslOptions.CertificateChainPolicy = Trusting(path);
        }

        return handler;
    }

    private X509ChainPolicy Trusting(string path)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SigningException(ServiceReasons.UnsafeAddress.Because($"{Service}: VAULT_CACERT: {fault.Message}"), fault);
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw ServiceReasons.UnsafeAddress.Refusal($"{Service}: VAULT_CACERT: {path} holds no certificate");
    }
}
