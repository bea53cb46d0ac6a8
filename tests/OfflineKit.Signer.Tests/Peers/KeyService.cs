using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>A key service with one P-256 key that speaks like AWS KMS; it can fall silent, and take its time.</summary>
internal sealed class KeyService : IDisposable
{
    private const string Name = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly StubServer _server;

    public KeyService(TimeSpan delay = default) => _server = new StubServer(Answer) { Delay = delay };

    public bool IsUp { get; set; } = true;

    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    public (string, string)[] Environment =>
    [
        ("AWS_ENDPOINT_URL_KMS", _server.Address.ToString()), ("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "y"), ("AWS_EC2_METADATA_DISABLED", "true"),
    ];

    public void Dispose()
    {
        _server.Dispose();
        _key.Dispose();
    }

    private StubAnswer? Answer(StubRequest request)
    {
        if (!IsUp)
        {
            return new StubAnswer(400, """{"__type": "KMSInvalidStateException", "message": "the key is disabled"}""");
        }

        JsonObject answer = new() { ["KeyId"] = Name };
        if (request.Target.EndsWith("GetPublicKey", StringComparison.Ordinal))
        {
            (answer["PublicKey"], answer["KeySpec"], answer["KeyUsage"]) = (Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()), "ECC_NIST_P256", "SIGN_VERIFY");
            answer["SigningAlgorithms"] = new JsonArray("ECDSA_SHA_256");
        }
        else
        {
            byte[] digest = Convert.FromBase64String(JsonNode.Parse(request.Body)!["Message"]!.GetValue<string>());
            lock (_key)
            {
                answer["Signature"] = Convert.ToBase64String(_key.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence));
            }

            answer["SigningAlgorithm"] = "ECDSA_SHA_256";
        }

        return new StubAnswer(200, System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString()), ("Content-Type", "application/x-amz-json-1.1"));
    }
}
