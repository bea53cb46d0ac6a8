using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Instances;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Formats;

/// <summary>How a bare signature is written.</summary>
internal enum KmsForm
{
    /// <summary>The bytes: RSA as they are, ECDSA as DER. What openssl and cosign take.</summary>
    Raw,

    /// <summary>Standard base64 on one line with a line feed. What cosign writes.</summary>
    Base64,

    /// <summary>The JSON that <c>aws kms sign</c> prints.</summary>
    AwsJson,
}

/// <summary>Writes detached signatures as key services hand them out.</summary>
/// <remarks>Source: docs/spec/kms-detached.md, signature containers.</remarks>
internal sealed class KmsSignature(KmsForm form) : SignatureFormat
{
    /// <summary>The authority that stamps every signature; null asks nobody. Logs of it are not asked.</summary>
    public LogAndTimestampServices? LogAndTimestampServices { get; init; }

    /// <inheritdoc/>
    public override string Name => "kms-detached";

    /// <summary>The signature, and beside it the timestamp: RFC 3161 as it came, or beside base64 the JSON that cosign reads.</summary>
    public override OutputShape Shape => new(form == KmsForm.AwsJson ? OutputKinds.Signature(Name) : OutputKinds.BareSignature)
    {
        Companions = LogAndTimestampServices is null ? [] : [new CompanionShape(form == KmsForm.Base64 ? ".tsr.json" : ".tsr", OutputKinds.Timestamp)],
    };

    /// <inheritdoc/>
    public override string Suffix => form == KmsForm.AwsJson ? ".sig.json" : ".sig";

    /// <inheritdoc/>
    public override ReadingPlan Plan(PublicKey key) => key.Scheme.Digest is { } algorithm ? ReadingPlan.Of(algorithm) : ReadingPlan.Whole;

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt) =>
        $"{key.PublicKey.Scheme.Label} by {key.Reference} over {subject.Digests.First()}";

    /// <inheritdoc/>
    public override async Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        VerifiedSignature signature = await key.SignSubjectAsync(subject, cancellation).ConfigureAwait(false);
        byte[] value = SignatureEncoding.Stored(signature);
        byte[] content = form switch
        {
            KmsForm.Raw => value,
            KmsForm.Base64 => [.. StrictBase64.Encode(value), (byte)'\n'],
            _ => Utf8Text.Encode(
                $"{{\n    \"KeyId\": {Text(key.Reference)},\n    \"Signature\": {Text(System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(value)))},\n"
                + $"    \"SigningAlgorithm\": {Text(key.PublicKey.Scheme.Label)}\n}}\n"),
        };
        return new SignedOutput(content, signature.RequestId)
        {
            Companions = LogAndTimestampServices is null ? [] : [.. (await LogAndTimestampServices.StampAsync(value, cancellation).ConfigureAwait(false)).Select(Companion)],
        };
    }

    /// <inheritdoc/>
    public override Expectations Expectations(SigningKey key) => new()
    {
        Algorithm = key.PublicKey.Scheme.Label,
        SignatureText = form switch { KmsForm.Raw => "raw", KmsForm.Base64 => "base64", _ => null },
    };

    private ReadOnlyMemory<byte> Companion(ReadOnlyMemory<byte> stamp) => form == KmsForm.Base64
        ? JsonText.Object(json => json.WriteBase64String("SignedRFC3161Timestamp", stamp.Span))
        : stamp;

    private static string Text(string text) => System.Text.Encoding.UTF8.GetString(GoJson.String(text));
}
