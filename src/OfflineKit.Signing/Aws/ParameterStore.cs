using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Aws;

/// <summary>Parameters of AWS Systems Manager: reads, writes and deletes one by name.</summary>
internal sealed class ParameterStore : IDisposable
{
    private const string Service = "AWS Systems Manager";
    private const int StandardLimit = 4096;
    private readonly AmazonSimpleSystemsManagementClient _client;
    private readonly AwsCaller _caller;

    private ParameterStore(AwsAccess access, Uri? endpoint, KeyOpening opening)
    {
        _client = new AmazonSimpleSystemsManagementClient(access.Credentials, access.Configured(new AmazonSimpleSystemsManagementConfig(), endpoint));
        _caller = new AwsCaller(Service, access, opening);
    }

    /// <summary>The store of the configured region, with AWS's chain of credentials.</summary>
    /// <exception cref="SigningException"><c>service.no-region</c>, <c>service.no-credentials</c>, <c>service.unsafe-address</c>.</exception>
    public static Task<ParameterStore> OpenAsync(KeyOpening opening, CancellationToken cancellation) => OpenAsync(credentials: null, opening, cancellation);

    /// <summary>The text of the parameter, or null when there is none of that name.</summary>
    public async Task<string?> ReadAsync(string name, CancellationToken cancellation)
    {
        GetParameterRequest request = new() { Name = name, WithDecryption = true };
        GetParameterResponse? answer = await OrAbsentAsync("GetParameter", name, token => _client.GetParameterAsync(request, token), cancellation).ConfigureAwait(false);
        return answer is null ? null : ValueOf(answer.Parameter, name);
    }

    /// <summary>Makes or replaces the parameter.</summary>
    public async Task WriteAsync(string name, string value, CancellationToken cancellation)
    {
        PutParameterRequest request = new() { Name = name, Value = value, Type = ParameterType.String, Overwrite = true };
        if (System.Text.Encoding.UTF8.GetByteCount(value) > StandardLimit)
        {
            request.Tier = ParameterTier.IntelligentTiering;
        }

        await _caller.CallAsync("PutParameter", name, token => _client.PutParameterAsync(request, token), cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes the parameter; one that is not there is fine.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellation) =>
        OrAbsentAsync("DeleteParameter", name, token => _client.DeleteParameterAsync(new DeleteParameterRequest { Name = name }, token), cancellation);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    internal static async Task<ParameterStore> OpenAsync(AWSCredentials? credentials, KeyOpening opening, CancellationToken cancellation)
    {
        string variable = opening.Variable("AWS_ENDPOINT_URL_SSM") is { Length: > 0 } ? "AWS_ENDPOINT_URL_SSM" : "AWS_ENDPOINT_URL";
        Uri? endpoint = opening.Variable(variable) is { Length: > 0 } address ? ServiceAddress.Parse(address, variable) : null;
        return new ParameterStore(await AwsAccess.ResolveAsync(region: null, credentials, opening, cancellation).ConfigureAwait(false), endpoint, opening);
    }

    private static string ValueOf(Parameter? parameter, string name) => parameter switch
    {
        null or { Name: null } or { Value: null } => throw ServiceReasons.MalformedAnswer.Refusal($"{Service}: GetParameter {name}: an answer without a parameter"),
        _ when parameter.Name != name => throw SigningReasons.WrongAnswer.Refusal($"{Service}: asked for parameter {name}, answered with {parameter.Name}"),
        _ => parameter.Value,
    };

    // Null: the service says that there is no parameter of that name.
    private async Task<T?> OrAbsentAsync<T>(string operation, string name, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
        where T : AmazonWebServiceResponse
    {
        try
        {
            return await _caller.CallAsync(operation, name, call, cancellation).ConfigureAwait(false);
        }
        catch (SigningException refusal) when (refusal.InnerException is ParameterNotFoundException)
        {
            return null;
        }
    }
}
