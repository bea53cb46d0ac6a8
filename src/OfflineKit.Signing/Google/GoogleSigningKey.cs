using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Google;

/// <summary>One version of a key of Google Cloud KMS.</summary>
/// <remarks>A version for ML-DSA takes either the message or its μ: which of them is part of the algorithm that the version is made for.</remarks>
internal sealed class GoogleSigningKey(GoogleKeyUri uri, PublicKey publicKey, AlgorithmLabel label, GoogleKms kms) : SigningKey(uri, publicKey, uri.ResourceName)
{
    private const int Longest = 64 * 1024;
    private const string ByMu = "_EXTERNAL_MU";

    public override ValueTask DisposeAsync()
    {
        kms.Dispose();
        return base.DisposeAsync();
    }

    protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation)
    {
        string hash = digest.Algorithm switch { DigestAlgorithm.Sha256 => "sha256", DigestAlgorithm.Sha384 => "sha384", _ => "sha512" };
        return AskAsync($"{{\"digest\":{{\"{hash}\":\"{Text(digest.Bytes)}\"}},\"digestCrc32c\":\"{Sum(digest.Bytes)}\"}}", "verifiedDigestCrc32c", cancellation);
    }

    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (!label.Text.EndsWith(ByMu, StringComparison.Ordinal))
        {
            return AskAboutDataAsync(message, cancellation);
        }

        byte[] mu = MlDsaParameterSet.Mu(PublicKey.Material.MlDsaBytes.Span, message.Span);
        return AskAsync($"{{\"digest\":{{\"externalMu\":\"{Text(mu)}\"}},\"digestCrc32c\":\"{Sum(mu)}\"}}", "verifiedDigestCrc32c", cancellation);
    }

    private Task<KeyAnswer> AskAboutDataAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => message.Length <= Longest
        ? AskAsync($"{{\"data\":\"{Text(message.Span)}\",\"dataCrc32c\":\"{Sum(message.Span)}\"}}", "verifiedDataCrc32c", cancellation)
        : throw ServiceReasons.MessageTooLong.Refusal($"{Reference}: {message.Length} bytes, {GoogleKms.Service} signs at most {Longest} by {label.Text}{(PublicKey.Scheme == SignatureScheme.MlDsa ? $"; a version for {label.Text}{ByMu} signs files of any length" : "")}");

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(bytes));

    private static string Sum(ReadOnlySpan<byte> bytes) => Crc32c.Of(bytes).ToString(CultureInfo.InvariantCulture);

    private async Task<KeyAnswer> AskAsync(string body, string verified, CancellationToken cancellation)
    {
        RestAnswer answer = await kms.SendAsync(HttpMethod.Post, ":asymmetricSign", "asymmetricSign", body, cancellation).ConfigureAwait(false);
        JsonValue json = answer.Json(GoogleKms.Service);

        // The service must have got what was sent, and we what it sent.
        if (json.OptionalNotNull(verified) is not { Kind: JsonKind.True })
        {
            throw SigningReasons.WrongAnswer.Refusal($"{Reference}: the service did not confirm {verified}");
        }

        string name = RestAnswer.Read(GoogleKms.Service, () => json.String("name"));
        byte[] value = RestAnswer.Read(GoogleKms.Service, () =>
        {
            byte[] signature = json.Base64("signature");
            Crc32c.Require(json["signatureCrc32c"], signature, "signature");
            return EcdsaSignature.Plain(PublicKey.Material, signature, EcdsaEncoding.Der);
        });
        return new KeyAnswer(value, Scheme: null, name, answer.Header("x-goog-request-id"));
    }
}
