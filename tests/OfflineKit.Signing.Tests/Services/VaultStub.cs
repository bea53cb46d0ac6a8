using System.Text.Json;
using OfflineKit.Crypto;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>The transit engine with the shapes recorded from OpenBao's reference; never compared with a real server.</summary>
internal sealed class VaultStub : IDisposable
{
    public const string Token = "hvs.secret-token";
    private readonly ServiceKeyPair _pair;
    private readonly Func<Asked, VaultStub, Told?> _fault;

    public VaultStub(ServiceKeyPair pair, Func<Asked, VaultStub, Told?>? fault = null, TestAuthority? authority = null)
    {
        (_pair, _fault) = (pair, fault ?? ((_, _) => null));
        Server = new LoopbackServer(asked => _fault(asked, this) ?? Answer(asked), authority: authority);
    }

    public LoopbackServer Server { get; }

    public List<string> Remarks { get; } = [];

    public Task<SigningKey> OpenAsync(string key = "hashivault://release", SchemeChoice? scheme = null, string? address = null, string? token = Token, string? home = null) => new Vault.VaultKeySource().OpenAsync(
        KeyUri.Parse(key),
        new KeyOpening
        {
            Scheme = scheme ?? SchemeChoice.ByKind,
            OnRemark = Remarks.Add,
            Variable = name => name switch { "VAULT_ADDR" => address ?? Server.Url, "VAULT_TOKEN" => token, "HOME" => home, "VAULT_NAMESPACE" => "team", _ => null },
        },
        TestContext.Current.CancellationToken);

    public static bool IsSign(Asked asked) => asked.Method == "PUT";

    public Told Answer(Asked asked, ServiceKeyPair? other = null, int version = 2)
    {
        if (asked.Header("X-Vault-Token") != Token || asked.Header("X-Vault-Namespace") != "team")
        {
            return Refusal(403, "permission denied");
        }

        ServiceKeyPair pair = other ?? _pair;
        string type = pair.Material.Kind switch { KeyKind.P256 => "ecdsa-p256", KeyKind.P384 => "ecdsa-p384", KeyKind.P521 => "ecdsa-p521", KeyKind.Rsa => "rsa-2048", _ => "ed25519" };
        if (asked.Path == "/v1/transit/keys/release")
        {
            string shown = JsonSerializer.Serialize(type == "ed25519" ? Convert.ToBase64String(pair.EdwardsPublic) : pair.Pem);
            return new Told(200, $"{{\"request_id\":\"r1\",\"data\":{{\"type\":\"{type}\",\"latest_version\":2,\"supports_signing\":true,\"keys\":{{\"1\":{{\"public_key\":\"old\"}},\"2\":{{\"public_key\":{shown}}}}}}}}}");
        }

        using JsonDocument request = JsonDocument.Parse(asked.Body);
        JsonElement root = request.RootElement;
        byte[] input = root.GetProperty("input").GetBytesFromBase64();
        if (root.GetProperty("key_version").GetInt32() != 2)
        {
            return Refusal(500, "requested version for signing is higher than the latest key version");
        }

        byte[] signature;
        if (type == "ed25519")
        {
            signature = asked.Path == "/v1/transit/sign/release" && !root.GetProperty("prehashed").GetBoolean() ? pair.SignMessage(input) : [];
        }
        else
        {
            int size = int.Parse(asked.Path["/v1/transit/sign/release/sha2-".Length..], System.Globalization.CultureInfo.InvariantCulture) / 8;
            bool isPss = pair.IsRsa && root.GetProperty("signature_algorithm").GetString() == "pss";
            bool isComplete = root.GetProperty("prehashed").GetBoolean() && root.GetProperty("marshaling_algorithm").GetString() == "asn1" && (!isPss || root.GetProperty("salt_length").GetString() == "hash") && input.Length == size;
            SignatureScheme scheme = SignatureScheme.All.First(candidate => candidate.Digest?.Size() == size && PublicKey.Fits(pair.Material, candidate) && candidate.IsRsaPss == isPss);
            signature = isComplete ? pair.SignDer(input, scheme) : [];
        }

        return new Told(200, $"{{\"request_id\":\"r2\",\"data\":{{\"signature\":\"vault:v{version}:{Convert.ToBase64String(signature)}\",\"key_version\":{version}}}}}");
    }

    public static Told Refusal(int status, params string[] errors) => new(status, $"{{\"errors\":{JsonSerializer.Serialize(errors)}}}");

    public void Dispose() => Server.Dispose();
}
