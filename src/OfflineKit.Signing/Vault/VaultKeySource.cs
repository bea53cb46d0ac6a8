using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Vault;

/// <summary>Keys of the transit engine of HashiCorp Vault and OpenBao.</summary>
internal sealed class VaultKeySource : KeySource
{
    /// <inheritdoc/>
    public override string Name => "Vault and OpenBao transit";

    /// <inheritdoc/>
    public override bool Opens(KeyUri uri) => uri is VaultKeyUri;

    /// <inheritdoc/>
    public override async Task<SigningKey> OpenAsync(KeyUri uri, KeyOpening opening, CancellationToken cancellation)
    {
        VaultKeyUri vault = (VaultKeyUri)uri;
        VaultTransit transit = new(vault, opening);
        try
        {
            RestAnswer answer = await transit.SendAsync(HttpMethod.Get, $"keys/{vault.Key}", "read key", body: null, cancellation).ConfigureAwait(false);
            JsonValue key = RestAnswer.Read(transit.Service, () => answer.Json(transit.Service).Object("data"));
            (KeyMaterial material, long version) = Read(vault, transit, key);
            opening.OnRemark($"the latest version of {vault} is {version.ToString(CultureInfo.InvariantCulture)}");
            return new VaultSigningKey(vault, opening.Scheme.Bind(material), version, transit);
        }
        catch (Exception)
        {
            transit.Dispose();
            throw;
        }
    }

    // The latest version is resolved here, once; every signature then names it.
    private static (KeyMaterial Material, long Version) Read(VaultKeyUri uri, VaultTransit transit, JsonValue key)
    {
        string type = RestAnswer.Read(transit.Service, () => key.String("type"));
        if (key.OptionalNotNull("supports_signing") is { Kind: JsonKind.False } || type is "ecdsa-p224" or "hmac")
        {
            throw ServiceReasons.WrongUsage.Refusal($"{transit.Service}: {uri} is a key of type {type}, which does not sign");
        }

        string version = RestAnswer.Read(transit.Service, () => key["latest_version"].Integer.ToString(CultureInfo.InvariantCulture));
        string text = RestAnswer.Read(transit.Service, () => key.Object("keys").Object(version).String("public_key"));
        KeyMaterial material = RestAnswer.Read(transit.Service, () => type == "ed25519" ? KeyMaterial.Ed25519(StrictBase64.Decode(text, "public_key")) : FromPem(text));
        return (material, DecimalText.Digits(version)!.Value);
    }

    private static KeyMaterial FromPem(string text)
    {
        Pem block = Pem.ParseOne(Utf8Text.Encode(text), "public_key");
        return block.Label == "PUBLIC KEY" ? SubjectPublicKeyInfo.Parse(block.Content.Span) : throw new MalformedException($"public_key is a {block.Label}");
    }
}
