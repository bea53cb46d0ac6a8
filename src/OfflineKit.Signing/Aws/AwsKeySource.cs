using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using OfflineKit.Crypto;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Aws;

/// <summary>Keys of AWS KMS, with AWS's whole chain of credentials.</summary>
internal sealed class AwsKeySource : KeySource
{
    internal const string Service = "AWS KMS";
    private readonly AWSCredentials? _credentials;

    /// <summary>A source with the credentials of the SDK's chain.</summary>
    public AwsKeySource()
    {
    }

    internal AwsKeySource(AWSCredentials credentials) => _credentials = credentials;

    /// <inheritdoc/>
    public override string Name => Service;

    /// <inheritdoc/>
    public override bool Opens(KeyUri uri) => uri is AwsKeyUri;

    /// <inheritdoc/>
    public override async Task<SigningKey> OpenAsync(KeyUri uri, KeyOpening opening, CancellationToken cancellation)
    {
        AwsKeyUri aws = (AwsKeyUri)uri;
        AwsAccess access = await AwsAccess.ResolveAsync(aws.Region, _credentials, opening, cancellation).ConfigureAwait(false);
        AmazonKeyManagementServiceConfig config = access.Configured(new AmazonKeyManagementServiceConfig(), Endpoint(aws, opening));
        AmazonKeyManagementServiceClient client = new(access.Credentials, config);
        AwsCaller caller = new(Service, access, opening);
        try
        {
            GetPublicKeyResponse answer = await caller.CallAsync(
                "GetPublicKey", aws.Id, token => client.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = aws.Id }, token), cancellation).ConfigureAwait(false);
            PublicKey publicKey = AwsPublicKey.Read(aws, answer, opening.Scheme);
            return new AwsSigningKey(aws, publicKey, answer.KeyId, client, caller);
        }
        catch (Exception)
        {
            client.Dispose();
            throw;
        }
    }

    // The key's own host goes before the standard variables.
    private static Uri? Endpoint(AwsKeyUri uri, KeyOpening opening)
    {
        if (uri.Host is { } host)
        {
            return new Uri($"https://{host}/");
        }

        string? variable = opening.Variable("AWS_ENDPOINT_URL_KMS") is { Length: > 0 } ? "AWS_ENDPOINT_URL_KMS" : "AWS_ENDPOINT_URL";
        return opening.Variable(variable) is { Length: > 0 } address ? ServiceAddress.Parse(address, variable) : null;
    }
}
