using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Aws;

/// <summary>Who asks AWS, and in which region.</summary>
/// <param name="Credentials">Refreshed by the SDK when they expire.</param>
/// <param name="Source">Where they come from, for messages: a name, never a value.</param>
/// <param name="Region">The region that is called and signed for.</param>
internal sealed record AwsAccess(AWSCredentials Credentials, string Source, string Region)
{
    private const int Retries = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30), ConnectTime = TimeSpan.FromSeconds(10);
    private static readonly Lock Gate = new();
    private static bool s_hasTokenServices;

    /// <summary>The access for a key or parameter in <paramref name="region"/>, null meaning the configured one.</summary>
    public static async Task<AwsAccess> ResolveAsync(string? region, AWSCredentials? given, KeyOpening opening, CancellationToken cancellation)
    {
        RegisterTokenServices();
        string name = region ?? Configured(opening) ?? throw ServiceReasons.NoRegion.Refusal("neither the key's name nor AWS_REGION, AWS_DEFAULT_REGION or the profile name a region");
        AWSCredentials credentials = given ?? (NotEmpty(opening.Variable("AWS_PROFILE")) is { } profile ? OfProfile(profile) : await ChainAsync(cancellation).ConfigureAwait(false));
        string source = SourceOf(credentials);
        opening.OnRemark($"AWS credentials: {source}; region {name}");
        return new AwsAccess(RoleCredentials.Of(credentials, name), source, name);
    }

    /// <summary><paramref name="config"/> with our time-outs and retries, calling <paramref name="endpoint"/> or the region's own.</summary>
    public T Configured<T>(T config, Uri? endpoint)
        where T : ClientConfig
    {
        config.Timeout = Timeout;
        config.ConnectTimeout = ConnectTime;
        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = Retries;
        config.AllowAutoRedirect = false;
        config.AuthenticationRegion = Region;
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        }
        else
        {
            config.ServiceURL = endpoint.AbsoluteUri;
        }

        return config;
    }

    private static string? Configured(KeyOpening opening) =>
        NotEmpty(opening.Variable("AWS_REGION")) ?? NotEmpty(opening.Variable("AWS_DEFAULT_REGION")) ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName;

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // Whoever names a profile means it: the SDK would let keys in the environment go first.
    private static AWSCredentials OfProfile(string profile)
    {
        try
        {
            return new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out AWSCredentials credentials)
                ? credentials
                : throw ServiceReasons.NoCredentials.Refusal($"AWS: there is no profile \"{profile}\" (AWS_PROFILE)");
        }
        catch (AmazonClientException fault)
        {
            throw new SigningException(ServiceReasons.NoCredentials.Because($"AWS: profile \"{profile}\": {AwsFault.FirstLine(fault)}"), fault);
        }
    }

    private static async Task<AWSCredentials> ChainAsync(CancellationToken cancellation)
    {
        try
        {
            DefaultAWSCredentialsIdentityResolver chain = new();
            return await chain.ResolveIdentityAsync(new AmazonSecurityTokenServiceConfig(), cancellation).ConfigureAwait(false);
        }
        catch (AmazonClientException fault)
        {
            throw new SigningException(ServiceReasons.NoCredentials.Because($"AWS: no credentials in environment, web identity, profile, container or instance metadata"), fault);
        }
    }

    private static string SourceOf(AWSCredentials credentials) => credentials switch
    {
        EnvironmentVariablesAWSCredentials => "environment variables",
        AssumeRoleWithWebIdentityCredentials => "web identity token",
        AssumeRoleAWSCredentials => "assumed role of a profile",
        SSOAWSCredentials => "single sign-on of a profile",
        ProcessAWSCredentials => "credential process of a profile",
        InstanceProfileAWSCredentials => "instance metadata",
        GenericContainerCredentials => "container endpoint",
        SessionAWSCredentials or BasicAWSCredentials => "profile",
        _ => credentials.GetType().Name == "DefaultInstanceProfileAWSCredentials" ? "instance metadata" : credentials.GetType().Name,
    };

    // Without this, web identity and single sign-on fail at run time, unseen by the trimmer.
    private static void RegisterTokenServices()
    {
        lock (Gate)
        {
            if (s_hasTokenServices)
            {
                return;
            }

            GlobalRuntimeDependencyRegistry.Instance.RegisterSecurityTokenServiceClient(
                static context => new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), context.SecurityTokenServiceClientContextData.Region));
            GlobalRuntimeDependencyRegistry.Instance.RegisterSSOClient(
                static context => new AmazonSSOClient(new AnonymousAWSCredentials(), context.SSOClientContextData.Region));
            GlobalRuntimeDependencyRegistry.Instance.RegisterSSOOIDCClient(
                static context => new AmazonSSOOIDCClient(new AnonymousAWSCredentials(), context.SSOOIDCClientContextData.Region));
            s_hasTokenServices = true;
        }
    }
}
