using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Formats;

/// <summary>Writes CodeSentinel events signed by a key service: one canonical JSON line that carries its signature.</summary>
/// <param name="provider"><c>aws_kms</c>, <c>aws_kms_sdk</c> or <c>azure_kv</c>; decides labels and ECDSA encoding.</param>
/// <remarks>Source: docs/spec/codesentinel.md (the profile of this project).</remarks>
internal sealed class CodeSentinelEvent(string provider) : SignatureFormat
{
    /// <inheritdoc/>
    public override string Name => "codesentinel";

    /// <inheritdoc/>
    public override string Suffix => ".csevent.json";

    /// <inheritdoc/>
    public override bool IsDocumentItself => true;

    /// <inheritdoc/>
    public override SignatureScheme? SchemeForRsa => SignatureScheme.RsaPssSha256;

    private KeyService Service => provider == "azure_kv" ? KeyService.Azure : KeyService.Aws;

    /// <inheritdoc/>
    public override ReadingPlan Plan(PublicKey key) => ReadingPlan.Whole;

    /// <inheritdoc/>
    public override void Check(SigningKey key, Artifact subject)
    {
        _ = Label(key.PublicKey);
        _ = SignedEventRecord.Parse(subject.Content!.Value);
    }

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt) =>
        $"{Label(key.PublicKey)} by {key.Reference} over {System.Text.Encoding.UTF8.GetString(Record(key, subject, signedAt).SignedBytes())}";

    /// <inheritdoc/>
    public override async Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        SignedEventRecord record = Record(key, subject, signedAt);
        VerifiedSignature signature = await key.SignMessageAsync(record.SignedBytes(), cancellation).ConfigureAwait(false);
        // AWS answers DER, Azure r‖s: nothing is converted away from what the provider's label means.
        byte[] value = Service == KeyService.Azure ? signature.Value.ToArray() : SignatureEncoding.Stored(signature);
        return new SignedOutput(record.Line(System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(value))), signature.RequestId);
    }

    private SignedEventRecord Record(SigningKey key, Artifact subject, DateTimeOffset signedAt) =>
        new(SignedEventRecord.Parse(subject.Content!.Value), provider, Label(key.PublicKey), key.Reference, "base64", signedAt);

    private string Label(PublicKey key)
    {
        AlgorithmLabel[] labels = [.. AlgorithmLabel.All.Where(label => label.Service == Service && label.Scheme == key.Scheme && label.Fits(key.Material))];
        return labels.Length > 0
            ? labels[0].Text
            : throw SigningReasons.SchemeMismatch.Refusal($"provider {provider} has no algorithm for {key.Scheme.Label} by a {key.Material.Kind} key");
    }
}
