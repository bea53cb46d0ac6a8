using System.Buffers.Text;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using OfflineKit.Signing.Tests.Services;
using OfflineKit.Tests.VirtualSigstore;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>Fulcio, Rekor v1 and v2, a time-stamping authority and GitHub's token address on one loopback port; everything can be made wrong.</summary>
internal sealed class SigstoreStub : IDisposable
{
    public const string Secret = "a-job-secret", Workflow = "https://forge.example/acme/app/.github/workflows/release.yml@refs/heads/main", Issuer = "https://token.forge.example";
    private readonly Func<Asked, SigstoreStub, Told?> _fault;

    public SigstoreStub(Func<Asked, SigstoreStub, Told?>? fault = null)
    {
        _fault = fault ?? ((_, _) => null);
        Server = new LoopbackServer(asked => _fault(asked, this) ?? Answer(asked));
    }

    public VirtualSigstoreInstance Instance { get; } = new();

    public LoopbackServer Server { get; }

    public string Token { get; } = TokenOf(new JsonObject
    {
        ["iss"] = Issuer, ["sub"] = Workflow, ["aud"] = "sigstore", ["exp"] = VirtualSigstoreInstance.Noon.AddMinutes(5).ToUnixTimeSeconds(), ["email_verified"] = true,
    });

    /// <summary>What the certificate shall say; null certifies properly.</summary>
    public Func<LeafRecipe, LeafRecipe>? Recipe { get; init; }

    /// <summary>The key that the certificate is for, if not the one that asked.</summary>
    public ECDsa? OtherKey { get; init; }

    /// <summary>Who issues, if not the authority of the trusted root.</summary>
    public VirtualAuthority? OtherAuthority { get; init; }

    /// <summary>Changes an entry's body before it is logged.</summary>
    public Action<JsonObject>? EditBody { get; init; }

    /// <summary>Changes the answer of a log.</summary>
    public Action<JsonObject>? EditEntry { get; init; }

    /// <summary>Which log answers, if not one of the trusted root.</summary>
    public VirtualLog? OtherLog { get; init; }

    /// <summary>What is stamped.</summary>
    public Func<(byte[] Digest, DateTimeOffset Time, BigInteger? Nonce), (byte[] Digest, DateTimeOffset Time, BigInteger? Nonce)>? Stamped { get; init; }

    /// <summary>Who stamps, if not the authority of the trusted root.</summary>
    public VirtualTimestampAuthority? OtherTsa { get; init; }

    /// <summary>Changes the trusted root.</summary>
    public Action<JsonObject>? EditRoot { get; init; }

    public byte[] RootFile
    {
        get
        {
            JsonObject root = Instance.Root();
            EditRoot?.Invoke(root);
            return JsonSerializer.SerializeToUtf8Bytes(root);
        }
    }

    public int Count(string path) => Server.Requests.Count(asked => asked.Path.StartsWith(path, StringComparison.Ordinal));

    public static string TokenOf(JsonObject claims) => $"{Part("{\"alg\":\"RS256\"}")}.{Part(claims.ToJsonString())}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(64))}";

    public Told Answer(Asked asked) => (asked.Method, asked.Path) switch
    {
        ("GET", "/github?x=1&audience=sigstore") => new Told(asked.Header("Authorization") == "bearer " + Secret ? 200 : 401, $"{{\"value\":\"{Token}\"}}"),
        ("POST", "/api/v2/signingCert") => Certify(JsonNode.Parse(asked.Body)!),
        ("POST", "/api/v1/log/entries") => First(JsonNode.Parse(asked.Body)!),
        ("POST", "/api/v2/log/entries") => Second(JsonNode.Parse(asked.Body)!),
        ("POST", "/stamp") => Stamp(asked.Raw),
        _ => new Told(404, "{\"code\":5,\"message\":\"not found\"}"),
    };

    public void Dispose() => Server.Dispose();

    private static string Part(string json) => Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));

    private Told Certify(JsonNode body)
    {
        ECDsa key = ECDsa.Create();
        key.ImportFromPem((string?)body["publicKeyRequest"]!["publicKey"]!["content"]);
        byte[] proof = Convert.FromBase64String((string)body["publicKeyRequest"]!["proofOfPossession"]!);
        if (!key.VerifyData(System.Text.Encoding.UTF8.GetBytes(Workflow), proof, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) || (string?)body["credentials"]!["oidcIdentityToken"] != Token)
        {
            return new Told(400, "{\"code\":3,\"message\":\"The signature supplied in the request could not be verified\"}");
        }

        LeafRecipe recipe = new() { CertificateLog = Instance.CertificateLog };
        byte[] leaf = (OtherAuthority ?? Instance.Authority).Issue(OtherKey ?? key, Recipe?.Invoke(recipe) ?? recipe);
        JsonArray chain = [.. new[] { leaf, Instance.Authority.Intermediate }.Select(der => (JsonNode)(PemEncoding.WriteString("CERTIFICATE", der) + "\n"))];
        return new Told(200, new JsonObject { ["signedCertificateEmbeddedSct"] = new JsonObject { ["chain"] = new JsonObject { ["certificates"] = chain } } }.ToJsonString());
    }

    private Told First(JsonNode body)
    {
        JsonObject entry = body["kind"]!.GetValue<string>() == "dsse" ? Dsse(body) : (JsonObject)body;
        EditBody?.Invoke(entry);
        (byte[] logged, string root, string[] hashes, string checkpoint, VirtualLog log) = Logged(entry, Instance.Rekor, Convert.ToHexStringLower);
        long time = VirtualSigstoreInstance.Noon.AddSeconds(2).ToUnixTimeSeconds();
        JsonObject answer = new()
        {
            ["body"] = Convert.ToBase64String(logged), ["integratedTime"] = time, ["logID"] = Convert.ToHexStringLower(log.Id), ["logIndex"] = 1,
            ["verification"] = new JsonObject
            {
                ["signedEntryTimestamp"] = Convert.ToBase64String(log.Promise(logged, time, 1)),
                ["inclusionProof"] = new JsonObject { ["checkpoint"] = checkpoint, ["hashes"] = Strings(hashes), ["logIndex"] = 1, ["rootHash"] = root, ["treeSize"] = 2 },
            },
        };
        EditEntry?.Invoke(answer);
        return new Told(201, new JsonObject { [new string('a', 64)] = answer }.ToJsonString());
    }

    private static JsonObject Dsse(JsonNode body)
    {
        JsonNode content = body["spec"]!["proposedContent"]!, envelope = JsonNode.Parse((string)content["envelope"]!)!;
        JsonObject Hash(byte[] bytes) => new() { ["algorithm"] = "sha256", ["value"] = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        return new JsonObject
        {
            ["apiVersion"] = "0.0.1",
            ["kind"] = "dsse",
            ["spec"] = new JsonObject
            {
                ["envelopeHash"] = Hash(System.Text.Encoding.UTF8.GetBytes((string)content["envelope"]!)),
                ["payloadHash"] = Hash(Convert.FromBase64String((string)envelope["payload"]!)),
                ["signatures"] = new JsonArray(new JsonObject { ["signature"] = (string)envelope["signatures"]![0]!["sig"]!, ["verifier"] = (string)content["verifiers"]![0]! }),
            },
        };
    }

    private Told Second(JsonNode body)
    {
        JsonNode request = body["hashedRekordRequestV002"]!;
        JsonObject entry = new()
        {
            ["apiVersion"] = "0.0.2",
            ["kind"] = "hashedrekord",
            ["spec"] = new JsonObject { ["hashedRekordV002"] = new JsonObject { ["data"] = new JsonObject { ["algorithm"] = $"SHA2_{Convert.FromBase64String((string)request["digest"]!).Length * 8}", ["digest"] = (string)request["digest"]! }, ["signature"] = request["signature"]!.DeepClone() } },
        };
        EditBody?.Invoke(entry);
        (byte[] logged, string root, string[] hashes, string checkpoint, VirtualLog log) = Logged(entry, Instance.RekorV2, Convert.ToBase64String);
        JsonObject answer = new()
        {
            ["logIndex"] = "1", ["logId"] = new JsonObject { ["keyId"] = Convert.ToBase64String(log.Id) }, ["kindVersion"] = new JsonObject { ["kind"] = "hashedrekord", ["version"] = "0.0.2" },
            ["canonicalizedBody"] = Convert.ToBase64String(logged),
            ["inclusionProof"] = new JsonObject { ["logIndex"] = "1", ["rootHash"] = root, ["treeSize"] = "2", ["hashes"] = Strings(hashes), ["checkpoint"] = new JsonObject { ["envelope"] = checkpoint } },
        };
        EditEntry?.Invoke(answer);
        return new Told(201, answer.ToJsonString());
    }

    private (byte[] Logged, string Root, string[] Hashes, string Checkpoint, VirtualLog Log) Logged(JsonObject entry, VirtualLog ours, Func<byte[], string> text)
    {
        VirtualLog log = OtherLog ?? ours;
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(entry);
        VirtualTree tree = new("somebody else's"u8.ToArray(), body);
        return (body, text(tree.Root), [.. tree.Proof(1).Select(text)], log.Checkpoint(log.Host, 2, tree.Root), log);
    }

    private Told Stamp(byte[] query)
    {
        AsnReader request = new AsnReader(query, AsnEncodingRules.DER).ReadSequence();
        _ = request.ReadInteger();
        AsnReader imprint = request.ReadSequence();
        _ = imprint.ReadSequence();
        var wanted = (Digest: imprint.ReadOctetString(), Time: VirtualSigstoreInstance.Noon.AddSeconds(1), Nonce: (BigInteger?)request.ReadInteger());
        Assert.True(request.ReadBoolean());
        (byte[] digest, DateTimeOffset time, BigInteger? nonce) = Stamped?.Invoke(wanted) ?? wanted;
        return new Told(201, "", "application/timestamp-reply") { Raw = (OtherTsa ?? Instance.Tsa).Stamp([], time, new StampRecipe { Digest = digest, Nonce = nonce }) };
    }

    private static JsonArray Strings(string[] texts) => [.. texts.Select(text => (JsonNode)text)];
}
