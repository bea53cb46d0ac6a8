using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Sigstore;

/// <summary>Sigstore bundles, versions 0.1 to 0.3.</summary>
internal sealed class SigstoreFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "sigstore";

    /// <inheritdoc/>
    public override string Title => "Sigstore bundle (message signature or attestation, by certificate or key)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".sigstore.json", ".sigstore"];

    /// <summary>The labels of the algorithms by which a bundle may be signed.</summary>
    public static ImmutableArray<string> Algorithms => BundleSigner.Labels;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        StrictJson.BeginsObject(content)
        && content.IndexOf("\"verificationMaterial\""u8) >= 0
        && !JsonLines.LooksLike(content)
        && !JsonOutline.Of(content).Contains("attestations")
        && (content.IndexOf("\"messageSignature\""u8) >= 0 || content.IndexOf("\"dsseEnvelope\""u8) >= 0);

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => new SigstoreEnvelope(SigstoreBundle.Parse(content));
}
