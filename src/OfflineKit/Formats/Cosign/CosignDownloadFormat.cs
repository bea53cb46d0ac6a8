using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.X509;

namespace OfflineKit.Formats.Cosign;

/// <summary>What <c>cosign download signature</c> prints of an image, one object a line: its signature without the image.</summary>
/// <remarks>
/// Shape: <c>{Base64Signature, Payload, Cert{Raw}, Chain, Bundle, RFC3161Timestamp}</c>, where members may be null and others are passed over. The artefact is the image's
/// manifest, or its digest. Source: docs/spec/cosign-download.md.
/// </remarks>
internal sealed class CosignDownloadFormat : Format
{
    private const string What = "cosign download";

    /// <inheritdoc/>
    public override string Name => "cosign-download";

    /// <inheritdoc/>
    public override string Title => "signature of a container image, as `cosign download signature` prints it";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [];

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        content.IndexOf("\"Base64Signature\""u8) >= 0 && !JsonLines.LooksLike(content) && JsonOutline.Of(content) is { } names && names.Contains("Base64Signature") && names.Contains("Payload");

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations)
    {
        JsonValue json = StrictJson.ParseObject(content, What);
        byte[] payload = json.Base64("Payload");
        SigstoreBundle bundle = new()
        {
            Version = BundleVersion.V01,
            Leaf = json.OptionalNotNull("Cert") is { } certificate ? Certificate.Parse(certificate.Base64("Raw")) : null,
            Entries = json.OptionalNotNull("Bundle") is { } promise ? [LegacyBundle.Promised(promise)] : [],
            Timestamps = json.OptionalNotNull("RFC3161Timestamp") is { } stamp ? [LegacyBundle.Timestamp(stamp)] : [],
            Signature = StrictBase64.DecodeWrapped(json.String("Base64Signature"), $"{What}.Base64Signature"),
        };
        return new ImageSignature(bundle, SimpleSigning.Parse(payload), payload, json.OptionalNotNull("Chain") is not null);
    }
}
