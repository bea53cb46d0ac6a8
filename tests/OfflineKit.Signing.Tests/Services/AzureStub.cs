using System.Buffers.Text;
using System.Text.Json;
using OfflineKit.Crypto;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Azure Key Vault and its sign-in with the shapes of the REST reference; never compared with the real service.</summary>
internal sealed class AzureStub : IDisposable
{
    public const string Host = "kit.vault.azure.net", Version = "0a1b2c3d4e5f60718293a4b5c6d7e8f9", Token = "azure-secret-token", Secret = "azure-client-secret";
    private readonly ServiceKeyPair _pair;
    private readonly Func<Asked, AzureStub, Told?> _fault;

    public AzureStub(ServiceKeyPair pair, Func<Asked, AzureStub, Told?>? fault = null, TestAuthority? authority = null)
    {
        (_pair, _fault) = (pair, fault ?? ((_, _) => null));
        Server = new LoopbackServer(asked => _fault(asked, this) ?? Answer(asked), authority: authority);
    }

    public LoopbackServer Server { get; }

    public List<string> Remarks { get; } = [];

    public string Resource { get; init; } = "https://vault.azure.net";

    public string Issuer { get; init; } = "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47";

    public async Task<SigningKey> OpenAsync(string? key = null, SchemeChoice? scheme = null) => await new Azure.AzureKeySource(new ToLoopback(Server.Port), credential: null).OpenAsync(
        KeyUri.Parse(key ?? $"azurekms://{Host}/release/{Version}"),
        new KeyOpening
        {
            Scheme = scheme ?? SchemeChoice.ByKind,
            OnRemark = Remarks.Add,
            Variable = name => name switch { "AZURE_TENANT_ID" => "72f988bf-86f1-41af-91ab-2d7cd011db47", "AZURE_CLIENT_ID" => "11111111-2222-3333-4444-555555555555", "AZURE_CLIENT_SECRET" => Secret, _ => null },
        },
        TestContext.Current.CancellationToken);

    public static bool IsSign(Asked asked) => asked.Path.Contains("/sign?", StringComparison.Ordinal);

    /// <summary>Which of the requests of one signature this is.</summary>
    public static string StageOf(Asked asked) => asked.Path.Contains("/oauth2/", StringComparison.Ordinal) ? "token"
        : asked.Header("Host") != Host ? "discovery" : asked.Header("Authorization").Length == 0 ? "challenge" : IsSign(asked) ? "sign" : "lookup";

    public Told Answer(Asked asked, ServiceKeyPair? other = null, string? version = null)
    {
        if (asked.Path.Contains("/oauth2/v2.0/token", StringComparison.Ordinal))
        {
            return asked.Body.Contains("scope=https%3A%2F%2Fvault.azure.net%2F.default", StringComparison.Ordinal) && asked.Body.Contains(Secret, StringComparison.Ordinal)
                ? new Told(200, $"{{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext_expires_in\":3599,\"access_token\":\"{Token}\"}}")
                : new Told(401, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret provided.\"}");
        }

        if (asked.Header("Host") != Host)
        {
            return new Told(404, "{}");
        }

        if (asked.Header("Authorization") != "Bearer " + Token)
        {
            return new Told(401, "{\"error\":{\"code\":\"Unauthorized\",\"message\":\"AKV10000: Request is missing a Bearer or PoP token.\"}}",
                Headers: ("WWW-Authenticate", $"Bearer authorization=\"{Issuer}\", resource=\"{Resource}\""));
        }

        ServiceKeyPair pair = other ?? _pair;
        string kid = $"https://{Host}/keys/release/{version ?? Version}";
        if (!IsSign(asked))
        {
            return new Told(200, $"{{\"key\":{{\"kid\":\"{kid}\",{Jwk(pair)},\"key_ops\":[\"sign\",\"verify\"]}},\"attributes\":{{\"enabled\":true,\"created\":1700000000}}}}");
        }

        using JsonDocument request = JsonDocument.Parse(asked.Body);
        AlgorithmLabel? label = AlgorithmLabel.Find(request.RootElement.GetProperty("alg").GetString()!);
        byte[] digest = Base64Url.DecodeFromChars(request.RootElement.GetProperty("value").GetString());
        return label is null || !label.Fits(pair.Material) || digest.Length != label.Scheme.Digest!.Value.Size()
            ? Refusal(400, "BadParameter", "Key and signing algorithm are incompatible.")
            : new Told(200, $"{{\"kid\":\"{kid}\",\"value\":\"{Base64Url.EncodeToString(pair.Sign(digest, label.Scheme))}\"}}", Headers: ("x-ms-request-id", "11111111-2222-3333-4444-555555555555"));
    }

    public static Told Refusal(int status, string code, string message, string? inner = null) =>
        new(status, $"{{\"error\":{{\"code\":\"{code}\",\"message\":{JsonSerializer.Serialize(message)}{(inner is null ? "" : $",\"innererror\":{{\"code\":\"{inner}\"}}")}}}}}");

    public void Dispose() => Server.Dispose();

    private static string Jwk(ServiceKeyPair pair)
    {
        if (pair.IsRsa)
        {
            return $"\"kty\":\"RSA\",\"n\":\"{Base64Url.EncodeToString(pair.Modulus.Modulus)}\",\"e\":\"{Base64Url.EncodeToString(pair.Modulus.Exponent)}\"";
        }

        string curve = pair.Material.Kind switch { KeyKind.P256 => "P-256", KeyKind.P384 => "P-384", KeyKind.P521 => "P-521", _ => "P-256K" };
        return $"\"kty\":\"EC-HSM\",\"crv\":\"{curve}\",\"x\":\"{Base64Url.EncodeToString(pair.Point.Q.X)}\",\"y\":\"{Base64Url.EncodeToString(pair.Point.Q.Y)}\"";
    }
}
