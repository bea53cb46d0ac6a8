using System.Text.Json;
using OfflineKit.Crypto;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>AWS KMS as its API model and the recordings describe it, for what moto cannot do: faults, latency, forced signatures.</summary>
internal sealed class AwsStub : IDisposable
{
    public const string Arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    /// <summary>The one message that the stub signs by its μ: longer than 4096 bytes.</summary>
    public static readonly byte[] LongMessage = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i % 251))];

    private readonly ServiceKeyPair _pair;
    private readonly Func<Asked, Told?> _fault;

    public AwsStub(ServiceKeyPair pair, Func<Asked, Told?>? fault = null, TimeSpan latency = default, TestAuthority? authority = null)
    {
        (_pair, _fault) = (pair, fault ?? (_ => null));
        Server = new LoopbackServer(asked => _fault(asked) ?? Answer(asked), latency, authority: authority);
    }

    public LoopbackServer Server { get; }

    public (string, string)[] Environment =>
    [
        ("AWS_ENDPOINT_URL_KMS", Server.Url), ("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), ("AWS_EC2_METADATA_DISABLED", "true"),
    ];

    public int Count(string operation) => Server.Requests.Count(asked => asked.Header("X-Amz-Target") == "TrentService." + operation);

    public Told Answer(Asked asked, ServiceKeyPair? other = null, string arn = Arn, string? algorithm = null)
    {
        ServiceKeyPair pair = other ?? _pair;
        using JsonDocument request = JsonDocument.Parse(asked.Body);
        if (asked.Header("X-Amz-Target") == "TrentService.GetPublicKey")
        {
            string labels = string.Join(',', SignatureScheme.All.Where(scheme => PublicKey.Fits(pair.Material, scheme)).Select(scheme => $"\"{scheme.Label}\""));
            return new Told(200, $"{{\"KeyId\":\"{arn}\",\"PublicKey\":\"{Convert.ToBase64String(pair.Spki)}\",\"KeySpec\":\"X\",\"KeyUsage\":\"SIGN_VERIFY\",\"SigningAlgorithms\":[{labels}]}}", "application/x-amz-json-1.1");
        }

        SignatureScheme scheme = SignatureScheme.ByLabel(request.RootElement.GetProperty("SigningAlgorithm").GetString()!)!;
        byte[] message = request.RootElement.GetProperty("Message").GetBytesFromBase64();
        string type = request.RootElement.GetProperty("MessageType").GetString()!;
        bool isRaw = type == "RAW", isMu = type == "EXTERNAL_MU";
        if (isMu && scheme == SignatureScheme.MlDsa && MlDsaParameterSet.Mu(pair.Material.MlDsaBytes.Span, LongMessage).AsSpan().SequenceEqual(message))
        {
            // Nothing at hand signs μ itself; the signature is that of the message.
            return Signed(pair.SignMessage(LongMessage), arn, algorithm ?? scheme.Label);
        }

        if (isMu || isRaw != scheme.Digest is null || (isRaw ? message.Length is 0 or > 4096 : message.Length != scheme.Digest!.Value.Size()))
        {
            return Refusal("ValidationException", $"Digest is invalid length for algorithm {scheme.Label}.");
        }

        return Signed(isRaw ? pair.SignMessage(message) : pair.SignDer(message, scheme), arn, algorithm ?? scheme.Label);
    }

    private static Told Signed(byte[] value, string arn, string algorithm) =>
        new(200, $"{{\"KeyId\":\"{arn}\",\"Signature\":\"{Convert.ToBase64String(value)}\",\"SigningAlgorithm\":\"{algorithm}\"}}", "application/x-amz-json-1.1",
            Headers: ("x-amzn-RequestId", "11111111-2222-3333-4444-555555555555"));

    /// <summary>The key, opened by the real client in this process.</summary>
    public Task<SigningKey> OpenAsync(string key = "awskms:///" + Arn, SchemeChoice? scheme = null) => new Aws.AwsKeySource(new Amazon.Runtime.BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
        .OpenAsync(KeyUri.Parse(key), new KeyOpening { Scheme = scheme ?? SchemeChoice.ByKind, Variable = name => name == "AWS_ENDPOINT_URL_KMS" ? Server.Url : name == "AWS_REGION" ? "eu-central-1" : null }, TestContext.Current.CancellationToken);

    public static Told Refusal(string code, string message, int status = 400, string member = "message") =>
        new(status, $"{{\"__type\":\"{code}\",\"{member}\":{JsonSerializer.Serialize(message)}}}", "application/x-amz-json-1.1");

    public void Dispose() => Server.Dispose();
}
