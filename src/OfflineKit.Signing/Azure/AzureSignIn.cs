using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Azure;

/// <summary>Who asks Azure: exactly one source, chosen by the standard variables and said by name.</summary>
internal sealed class AzureSignIn(KeyOpening opening, HttpMessageHandler? handler, TokenCredential? given)
{
    /// <summary>A token for what <paramref name="challenge"/> names.</summary>
    public async Task<BearerToken> TokenAsync(AzureChallenge challenge, CancellationToken cancellation)
    {
        (TokenCredential credential, string source) = Choose(challenge);
        opening.OnRemark($"Azure credentials: {source}");
        try
        {
            opening.Secrets.Hold(Set("AZURE_CLIENT_SECRET"));
            AccessToken token = await credential.GetTokenAsync(new TokenRequestContext([challenge.Scope]), cancellation).ConfigureAwait(false);
            opening.Secrets.Hold(token.Token);
            return new BearerToken(token.Token, token.ExpiresOn);
        }
        catch (CredentialUnavailableException fault)
        {
            throw new SigningException(ServiceReasons.NoCredentials.Because($"Azure, {source}: {Said(fault)}"), fault);
        }
        catch (AuthenticationFailedException fault)
        {
            throw new SigningException(ServiceReasons.BadCredentials.Because($"Azure, {source}: {Said(fault)}"), fault);
        }
    }

    private (TokenCredential Credential, string Source) Choose(AzureChallenge challenge)
    {
        if (given is not null)
        {
            return (given, "given");
        }

        string? tenant = Set("AZURE_TENANT_ID"), client = Set("AZURE_CLIENT_ID");
        if (tenant is not null && client is not null && Set("AZURE_CLIENT_SECRET") is { } secret)
        {
            return (new ClientSecretCredential(tenant, client, secret, With(new ClientSecretCredentialOptions(), challenge)), "client secret");
        }

        if (tenant is not null && client is not null && Set("AZURE_CLIENT_CERTIFICATE_PATH") is { } certificate)
        {
            return (new ClientCertificateCredential(tenant, client, certificate, With(new ClientCertificateCredentialOptions(), challenge)), "client certificate");
        }

        if (Set("AZURE_FEDERATED_TOKEN_FILE") is { } file)
        {
            WorkloadIdentityCredentialOptions options = With(new WorkloadIdentityCredentialOptions { TenantId = tenant ?? challenge.Tenant, ClientId = client, TokenFilePath = file }, challenge);
            return (new WorkloadIdentityCredential(options), "workload identity");
        }

        ManagedIdentityId identity = client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client);
        TokenCredential managed = new ManagedIdentityCredential(With(new ManagedIdentityCredentialOptions(identity), challenge));
        return Set("IDENTITY_ENDPOINT") is not null
            ? (managed, "managed identity")
            : (new ChainedTokenCredential(new AzureCliCredential(new AzureCliCredentialOptions { TenantId = challenge.Tenant }), managed), "az, or the managed identity of this machine");
    }

    private T With<T>(T options, AzureChallenge challenge)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = Set("AZURE_AUTHORITY_HOST") is { } host ? ServiceAddress.Parse(host, "AZURE_AUTHORITY_HOST") : new Uri($"https://{challenge.Authority.Host}/");
        options.Retry.MaxRetries = 3;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        if (handler is not null)
        {
            options.Transport = new HttpClientTransport(handler);
        }

        return options;
    }

    private string? Set(string variable) => opening.Variable(variable) is { Length: > 0 } value ? value : null;

    // The issuer's own words, unless they quote what was sent: a secret, or any signed statement by the form's name of it.
    private string Said(Exception fault)
    {
        string line = fault.Message.Split('\n')[0].TrimEnd('\r');
        return line.Contains("client_assertion=", StringComparison.Ordinal) || opening.Secrets.AreIn(line) ? "the sign-in failed" : line;
    }
}
