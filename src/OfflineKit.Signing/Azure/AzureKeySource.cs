using Azure.Core;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Azure;

/// <summary>Keys of Azure Key Vault and managed HSMs: sign-in by Azure.Identity, keys by REST.</summary>
internal sealed class AzureKeySource : KeySource
{
    private readonly HttpMessageHandler? _handler;
    private readonly TokenCredential? _credential;

    /// <summary>A source with the credentials of the standard variables.</summary>
    public AzureKeySource()
    {
    }

    internal AzureKeySource(HttpMessageHandler handler, TokenCredential? credential) => (_handler, _credential) = (handler, credential);

    /// <inheritdoc/>
    public override string Name => AzureVault.Service;

    /// <inheritdoc/>
    public override bool Opens(KeyUri uri) => uri is AzureKeyUri;

    /// <inheritdoc/>
    public override async Task<SigningKey> OpenAsync(KeyUri uri, KeyOpening opening, CancellationToken cancellation)
    {
        AzureKeyUri azure = (AzureKeyUri)uri;
        AzureVault vault = new(azure, new AzureSignIn(opening, _handler, _credential), opening, _handler);
        try
        {
            string path = $"keys/{azure.Key}" + (azure.Version is null ? "" : $"/{azure.Version}");
            RestAnswer answer = await vault.SendAsync(HttpMethod.Get, path, "get key", body: null, cancellation).ConfigureAwait(false);
            (string kid, KeyMaterial material) = Read(azure, answer.Json(AzureVault.Service));
            if (azure.Version is null)
            {
                opening.OnRemark($"the latest version is {kid}");
            }

            return new AzureSigningKey(azure, opening.Scheme.Bind(material), kid, vault);
        }
        catch (Exception)
        {
            vault.Dispose();
            throw;
        }
    }

    private static (string Kid, KeyMaterial Material) Read(AzureKeyUri uri, JsonValue answer)
    {
        (JsonValue key, string kid) = Named(answer);

        // 1 The key, and the version where one was named.
        string start = $"https://{uri.VaultHost}/keys/{uri.Key}/", version = kid.StartsWith(start, StringComparison.OrdinalIgnoreCase) ? kid[start.Length..] : "";
        if (version.Length == 0 || !version.All(char.IsAsciiLetterOrDigit) || (uri.Version is not null && version != uri.Version))
        {
            throw SigningReasons.WrongAnswer.Refusal($"{uri}: the vault answered about key \"{kid}\"");
        }

        // 2 Able to sign. The sign call decides; this explains.
        if (answer.OptionalNotNull("attributes")?.OptionalNotNull("enabled") is { Kind: JsonKind.False })
        {
            throw ServiceReasons.KeyDisabled.Refusal($"{AzureVault.Service}: {kid} is not enabled");
        }

        if (key.OptionalNotNull("kty") is { Kind: JsonKind.String, Text: "oct" or "oct-HSM" } || key.OptionalNotNull("key_ops") is { Kind: JsonKind.Array } operations
            && !operations.Elements.Any(static operation => operation is { Kind: JsonKind.String, Text: "sign" }))
        {
            throw ServiceReasons.WrongUsage.Refusal($"{AzureVault.Service}: {kid} does not allow the operation sign");
        }

        // 3 A public key that verifiers accept.
        return (kid, RestAnswer.Read(AzureVault.Service, () => KeyFile.Parse(key.Raw, uri.Key, uri.Text).Material));
    }

    private static (JsonValue Key, string Kid) Named(JsonValue answer)
    {
        JsonValue key = RestAnswer.Read(AzureVault.Service, () => answer.Object("key"));
        return (key, RestAnswer.Read(AzureVault.Service, () => key.String("kid")));
    }
}
