using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using Amazon.SecurityToken;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Aws;

/// <summary>Parameters of AWS Systems Manager: reads, writes and deletes one by name. Requests are signed by the SDK's own signer.</summary>
public sealed class ParameterStore : IDisposable
{
    private const string Service = "AWS Systems Manager", ContentType = "application/x-amz-json-1.1";
    private const int StandardLimit = 4096;
    private readonly AwsAccess _access;
    private readonly RestClient _client;
    private readonly Uri _address;
    private readonly AmazonSecurityTokenServiceConfig _signing;

    private ParameterStore(AwsAccess access, Uri? endpoint, KeyOpening opening)
    {
        _access = access;
        _address = endpoint ?? new Uri($"https://ssm.{access.Region}.{RegionEndpoint.GetBySystemName(access.Region).PartitionDnsSuffix}/");
        _signing = new AmazonSecurityTokenServiceConfig { AuthenticationRegion = access.Region, AuthenticationServiceName = "ssm", ServiceURL = _address.AbsoluteUri };
        _client = new RestClient(Service, opening);
    }

    /// <summary>The store of the configured region, with AWS's chain of credentials.</summary>
    /// <exception cref="SigningException"><c>service.no-region</c>, <c>service.no-credentials</c>, <c>service.unsafe-address</c>.</exception>
    public static Task<ParameterStore> OpenAsync(KeyOpening opening, CancellationToken cancellation) => OpenAsync(credentials: null, opening, cancellation);

    /// <summary>The text of the parameter, or null when there is none of that name.</summary>
    public async Task<string?> ReadAsync(string name, CancellationToken cancellation)
    {
        RestAnswer answer = await AskAsync("GetParameter", name, $"{{\"Name\":{Text(name)},\"WithDecryption\":true}}", cancellation).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            (string code, string message) = Fault(answer);
            return code == "ParameterNotFound" ? null : throw Refusal("GetParameter", name, code, message, answer);
        }

        JsonValue parameter = RestAnswer.Read(Service, () => answer.Json(Service).Object("Parameter"));
        string answered = RestAnswer.Read(Service, () => parameter.String("Name"));
        return answered == name
            ? RestAnswer.Read(Service, () => parameter.String("Value"))
            : throw SigningReasons.WrongAnswer.Refusal($"{Service}: asked for parameter {name}, answered with {answered}");
    }

    /// <summary>Makes or replaces the parameter.</summary>
    public async Task WriteAsync(string name, string value, CancellationToken cancellation)
    {
        string tier = System.Text.Encoding.UTF8.GetByteCount(value) > StandardLimit ? ",\"Tier\":\"Intelligent-Tiering\"" : "";
        string body = $"{{\"Name\":{Text(name)},\"Value\":{Text(value)},\"Type\":\"String\",\"Overwrite\":true{tier}}}";
        RestAnswer answer = await AskAsync("PutParameter", name, body, cancellation).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            (string code, string message) = Fault(answer);
            throw Refusal("PutParameter", name, code, message, answer);
        }
    }

    /// <summary>Removes the parameter; one that is not there is fine.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        RestAnswer answer = await AskAsync("DeleteParameter", name, $"{{\"Name\":{Text(name)}}}", cancellation).ConfigureAwait(false);
        (string code, string message) = answer.IsSuccess ? ("", "") : Fault(answer);
        if (code.Length > 0 && code != "ParameterNotFound")
        {
            throw Refusal("DeleteParameter", name, code, message, answer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    internal static async Task<ParameterStore> OpenAsync(AWSCredentials? credentials, KeyOpening opening, CancellationToken cancellation)
    {
        string variable = opening.Variable("AWS_ENDPOINT_URL_SSM") is { Length: > 0 } ? "AWS_ENDPOINT_URL_SSM" : "AWS_ENDPOINT_URL";
        Uri? endpoint = opening.Variable(variable) is { Length: > 0 } address ? ServiceAddress.Parse(address, variable) : null;
        return new ParameterStore(await AwsAccess.ResolveAsync(region: null, credentials, opening, cancellation).ConfigureAwait(false), endpoint, opening);
    }

    private static string Text(string text) => System.Text.Encoding.UTF8.GetString(GoJson.String(text));

    private static (string Code, string Message) Fault(RestAnswer answer)
    {
        JsonValue? json = answer.JsonOrNull();
        if (json is null)
        {
            return AwsFault.ReadXml(System.Text.Encoding.UTF8.GetString(answer.Body.Span)) is { Code.Length: > 0 } xml ? xml : ("without a code", "");
        }

        string code = Member(json, "__type"), message = Member(json, "message");
        return (code.Length == 0 ? "without a code" : code[(code.LastIndexOf('#') + 1)..], message.Length == 0 ? Member(json, "Message") : message);
    }

    private static string Member(JsonValue json, string name) => json.OptionalNotNull(name) is { Kind: JsonKind.String } value ? value.Text : "";

    private SigningException Refusal(string operation, string name, string code, string message, RestAnswer answer)
    {
        AwsFault fault = AwsFault.Of(code, message, answer.Status);
        return fault.Reason.Refusal($"{Service} in {_access.Region}, {operation} {name}, credentials from {_access.Source}: {fault.Text}");
    }

    private async Task<RestAnswer> AskAsync(string operation, string name, string body, CancellationToken cancellation)
    {
        ImmutableCredentials credentials = await CredentialsAsync().ConfigureAwait(false);
        return await _client.SendAsync(operation, name, () => Signed(operation, body, credentials), cancellation).ConfigureAwait(false);
    }

    private async Task<ImmutableCredentials> CredentialsAsync()
    {
        try
        {
            return await _access.Credentials.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (AmazonClientException fault)
        {
            throw new SigningException(ServiceReasons.NoCredentials.Because($"{Service}: credentials from {_access.Source}: {AwsFault.FirstLine(fault)}"), fault);
        }
    }

    private HttpRequestMessage Signed(string operation, string body, ImmutableCredentials credentials)
    {
        byte[] content = Utf8Text.Encode(body);
        DefaultRequest signed = new(new PlainRequest(), "ssm") { HttpMethod = "POST", Endpoint = _address, ResourcePath = "/", Content = content };
        signed.Headers["Content-Type"] = ContentType;
        signed.Headers["X-Amz-Target"] = "AmazonSSM." + operation;
        if (!string.IsNullOrEmpty(credentials.Token))
        {
            signed.Headers["X-Amz-Security-Token"] = credentials.Token;
        }

        AWS4SigningResult result = new AWS4Signer().SignRequest(signed, _signing, new RequestMetrics(), credentials.AccessKey, credentials.SecretKey);
        HttpRequestMessage request = new(HttpMethod.Post, _address) { Content = new ByteArrayContent(content) };
        foreach ((string name, string value) in signed.Headers.Where(header => !header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        request.Headers.TryAddWithoutValidation("Authorization", result.ForAuthorizationHeader);
        return request;
    }

    private sealed class PlainRequest : AmazonWebServiceRequest;
}
