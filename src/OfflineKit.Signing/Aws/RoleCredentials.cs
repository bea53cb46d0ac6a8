using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SecurityToken;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Aws;

/// <summary>A role that other credentials assume. The SDK's own class asks a registry for its client, which never hears of those credentials.</summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    private readonly AWSCredentials _source;
    private readonly AssumeRoleAWSCredentials _role;
    private readonly string _region;

    private RoleCredentials(AWSCredentials source, AssumeRoleAWSCredentials role, string region) => (_source, _role, _region) = (source, role, region);

    /// <summary><paramref name="credentials"/>, in a form that can assume the role if they are one; roles of roles too.</summary>
    /// <exception cref="SigningException"><c>service.no-credentials</c>: the role wants a code from a device.</exception>
    public static AWSCredentials Of(AWSCredentials credentials, string region)
    {
        if (credentials is not AssumeRoleAWSCredentials role)
        {
            return credentials;
        }

        return string.IsNullOrEmpty(role.Options.MfaSerialNumber)
            ? new RoleCredentials(Of(role.SourceCredentials, region), role, region)
            : throw ServiceReasons.NoCredentials.Refusal($"AWS: {role.RoleArn} wants a code from {role.Options.MfaSerialNumber}; assume it with `aws` and pass the session by the environment");
    }

    /// <inheritdoc/>
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using AmazonSecurityTokenServiceClient client = new(_source, new AmazonSecurityTokenServiceConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(_region) });
        AssumeRoleImmutableCredentials assumed = await ((ICoreAmazonSTS)client)
            .CredentialsFromAssumeRoleAuthenticationAsync(_role.RoleArn, _role.RoleSessionName, _role.Options).ConfigureAwait(false);
        return new CredentialsRefreshState(assumed, assumed.Expiration);
    }

    /// <inheritdoc/>
    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();
}
