using System.Security.Cryptography;
using System.Text.Json;
using System.Web;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Google Cloud KMS, its token endpoints and the metadata server with the shapes of the reference; never compared with the real service.</summary>
internal sealed class GoogleStub : IDisposable
{
    public const string Name = "projects/p/locations/global/keyRings/r/cryptoKeys/k/cryptoKeyVersions/3", Token = "google-secret-token";
    private readonly ServiceKeyPair _pair;
    private readonly string _label;
    private readonly Func<Asked, GoogleStub, Told?> _fault;
    private readonly RSA _account = RSA.Create(2048);
    private readonly Folder _folder = new();

    public GoogleStub(ServiceKeyPair pair, string label, Func<Asked, GoogleStub, Told?>? fault = null, TestAuthority? authority = null)
    {
        (_pair, _label, _fault) = (pair, label, fault ?? ((_, _) => null));
        Server = new LoopbackServer(asked => _fault(asked, this) ?? Answer(asked), authority: authority);
        Tokens = authority is null ? Server.Url : "https://oauth2.googleapis.com";
        _folder.Write("subject", "another-issuers-token\n");
    }

    public LoopbackServer Server { get; }

    public List<string> Remarks { get; } = [];

    /// <summary>Where tokens are issued.</summary>
    public string Tokens { get; }

    /// <summary>A part of the service account's private key that must show nowhere.</summary>
    public string AccountSecret => _account.ExportPkcs8PrivateKeyPem().Split('\n')[3];

    public Task<SigningKey> OpenAsync(string? credentials = "service_account", SchemeChoice? scheme = null) => new Google.GoogleKeySource().OpenAsync(
        KeyUri.Parse("gcpkms://" + Name),
        new KeyOpening { Scheme = scheme ?? SchemeChoice.ByKind, OnRemark = Remarks.Add, Variable = name => Variable(name, credentials) },
        TestContext.Current.CancellationToken);

    public static bool IsSign(Asked asked) => asked.Path.EndsWith(":asymmetricSign", StringComparison.Ordinal);

    /// <summary>Which of the requests of one signature this is.</summary>
    public static string StageOf(Asked asked) => asked.Path == "/token" ? "token" : IsSign(asked) ? "sign" : "lookup";

    public Told Answer(Asked asked, ServiceKeyPair? other = null, string name = Name, uint off = 0)
    {
        if (Issued(asked) is { } told)
        {
            return told;
        }

        if (asked.Header("Authorization") != "Bearer " + Token)
        {
            return Refusal(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
        }

        ServiceKeyPair pair = other ?? _pair;
        if (!IsSign(asked) && pair.Material.Kind is KeyKind.MlDsa44 or KeyKind.MlDsa65 or KeyKind.MlDsa87)
        {
            byte[] raw = pair.Material.MlDsaBytes.ToArray();
            return asked.Path.EndsWith("?publicKeyFormat=NIST_PQC", StringComparison.Ordinal)
                ? new Told(200, $"{{\"publicKeyFormat\":\"NIST_PQC\",\"publicKey\":{{\"crc32cChecksum\":\"{Crc32c.Of(raw) + off}\",\"data\":\"{Convert.ToBase64String(raw)}\"}},\"algorithm\":\"{_label}\",\"name\":\"{name}\",\"protectionLevel\":\"SOFTWARE\"}}")
                : Refusal(400, "INVALID_ARGUMENT", "The public key format must be specified for this algorithm.");
        }

        if (!IsSign(asked))
        {
            return new Told(200, $"{{\"pem\":{JsonSerializer.Serialize(pair.Pem)},\"algorithm\":\"{_label}\",\"pemCrc32c\":\"{Crc32c.Of(Utf8Text.Encode(pair.Pem)) + off}\",\"name\":\"{name}\",\"protectionLevel\":\"HSM\"}}");
        }

        using JsonDocument request = JsonDocument.Parse(asked.Body);
        SignatureScheme scheme = AlgorithmLabel.Parse(_label, "label").Scheme;
        bool isMu = _label.EndsWith("_EXTERNAL_MU", StringComparison.Ordinal), isData = scheme.Digest is null && !isMu;
        string member = scheme.Digest switch { null => isMu ? "externalMu" : "data", DigestAlgorithm.Sha256 => "sha256", DigestAlgorithm.Sha384 => "sha384", _ => "sha512" };
        JsonElement holder = isData ? request.RootElement : request.RootElement.GetProperty("digest");
        byte[] bytes = holder.GetProperty(member).GetBytesFromBase64();
        if (request.RootElement.GetProperty(isData ? "dataCrc32c" : "digestCrc32c").GetString() != $"{Crc32c.Of(bytes)}")
        {
            return Refusal(400, "INVALID_ARGUMENT", "invalid digest checksum");
        }

        // No library here signs a μ: it is that of the one message that is asked about.
        if (isMu && !MlDsaParameterSet.Mu(pair.Material.MlDsaBytes.Span, AwsStub.LongMessage).AsSpan().SequenceEqual(bytes))
        {
            return Refusal(400, "INVALID_ARGUMENT", "not the mu of the message");
        }

        byte[] signature = isMu ? pair.SignMessage(AwsStub.LongMessage) : isData ? pair.SignMessage(bytes) : pair.SignDer(bytes, scheme);
        return new Told(200, $"{{\"signature\":\"{Convert.ToBase64String(signature)}\",\"signatureCrc32c\":\"{Crc32c.Of(signature) + off}\",\"{(isData ? "verifiedDataCrc32c" : "verifiedDigestCrc32c")}\":true,\"name\":\"{name}\",\"protectionLevel\":\"HSM\"}}");
    }

    public static Told Refusal(int code, string status, string message) => new(code, $"{{\"error\":{{\"code\":{code},\"message\":{JsonSerializer.Serialize(message)},\"status\":\"{status}\",\"details\":[]}}}}");

    public void Dispose()
    {
        Server.Dispose();
        _account.Dispose();
        _folder.Dispose();
    }

    private Told? Issued(Asked asked)
    {
        string good = $"{{\"access_token\":\"{Token}\",\"expires_in\":3599,\"token_type\":\"Bearer\"}}";
        var form = HttpUtility.ParseQueryString(asked.Method == "POST" && !asked.Body.StartsWith('{') ? asked.Body : "");
        return asked.Path.Split('?')[0] switch
        {
            "/token" => form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer" && IsOurs(form["assertion"]!) || form["refresh_token"] == "again"
                ? new Told(200, good)
                : new Told(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}"),
            "/sts" => form["subject_token"] == "another-issuers-token" ? new Told(200, good.Replace(Token, "federated", StringComparison.Ordinal)) : new Told(400, "{\"error\":\"invalid_grant\"}"),
            "/impersonate" => asked.Header("Authorization") == "Bearer federated" ? new Told(200, $"{{\"accessToken\":\"{Token}\",\"expireTime\":\"2030-01-01T00:00:00Z\"}}") : new Told(403, "{}"),
            "/computeMetadata/v1/instance/service-accounts/default/token" => asked.Header("Metadata-Flavor") == "Google" ? new Told(200, good, Headers: ("Metadata-Flavor", "Google")) : new Told(403, ""),
            _ => null,
        };
    }

    private bool IsOurs(string assertion)
    {
        string[] parts = assertion.Split('.');
        using JsonDocument claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        return claims.RootElement.GetProperty("aud").GetString() == Tokens + "/token"
            && claims.RootElement.GetProperty("scope").GetString() == "https://www.googleapis.com/auth/cloudkms"
            && _account.VerifyData(Utf8Text.Encode($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public string? Variable(string name, string? credentials) => name switch
    {
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS" => Server.Url + "/",
        "HOME" => _folder.Path,
        "GCE_METADATA_HOST" => $"127.0.0.1:{Server.Port}",
        "GOOGLE_APPLICATION_CREDENTIALS" => credentials switch
        {
            null => null,
            "service_account" => _folder.Write("c.json", $"{{\"type\":\"service_account\",\"client_email\":\"a@p.iam.gserviceaccount.com\",\"private_key_id\":\"1\",\"private_key\":{JsonSerializer.Serialize(_account.ExportPkcs8PrivateKeyPem())},\"token_uri\":\"{Tokens}/token\"}}"),
            "authorized_user" => _folder.Write("c.json", $"{{\"type\":\"authorized_user\",\"client_id\":\"i\",\"client_secret\":\"s\",\"refresh_token\":\"again\",\"token_uri\":\"{Tokens}/token\"}}"),
            "external_account" => _folder.Write("c.json", $"{{\"type\":\"external_account\",\"audience\":\"//iam.googleapis.com/x\",\"subject_token_type\":\"urn:ietf:params:oauth:token-type:jwt\",\"token_url\":\"{Tokens}/sts\",\"service_account_impersonation_url\":\"{Tokens}/impersonate\",\"credential_source\":{{\"file\":{JsonSerializer.Serialize(_folder["subject"])}}}}}"),
            _ => _folder.Write("c.json", credentials),
        },
        _ => null,
    };
}
