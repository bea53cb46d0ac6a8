using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.X509;

namespace OfflineKit.Formats.Cosign;

/// <summary>What cosign wrote before there were Sigstore bundles: its own JSON bundle, and a bare signature with its certificate beside it.</summary>
/// <remarks>Source: docs/spec/cosign.md.</remarks>
internal sealed class CosignFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "cosign";

    /// <inheritdoc/>
    public override string Title => "legacy cosign bundle, or bare cosign signature with its certificate";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".cosign.bundle", ".bundle"];

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        content.IndexOf("\"base64Signature\""u8) >= 0 && JsonOutline.Of(content).Contains("base64Signature");

    /// <inheritdoc/>
    public override bool RecognisesBare(ReadOnlySpan<byte> content, Expectations expectations) => !content.IsEmpty && expectations.Certificate is not null;

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations)
    {
        if (!StrictJson.BeginsObject(content.Span))
        {
            return new DetachedEnvelope(Detached(content, expectations));
        }

        return expectations.Certificate is null
            ? new SigstoreEnvelope(LegacyBundle.Parse(content)) { FormatName = Name }
            : throw new MalformedException("a cosign bundle carries its certificate: give none beside it");
    }

    private static SigstoreBundle Detached(ReadOnlyMemory<byte> content, Expectations expectations)
    {
        if (expectations.Certificate is not { } pem)
        {
            throw new MalformedException("a bare cosign signature says nothing without its certificate or a key");
        }

        byte[] signature = StrictBase64.DecodeWrapped(content.Span, "cosign signature");
        return new SigstoreBundle { Version = BundleVersion.V01, Leaf = CertificateText.Parse(pem), Signature = signature };
    }
}

/// <summary>The certificate files that cosign writes: PEM, or the base64 of PEM.</summary>
internal static class CertificateText
{
    /// <summary>The only certificate in <paramref name="content"/>.</summary>
    public static Certificate Parse(ReadOnlyMemory<byte> content)
    {
        if (Pem.LooksLike(content.Span))
        {
            return Certificate.ParsePem(content.Span, "certificate");
        }

        // `cosign sign-blob --output-certificate` encodes the PEM text once more.
        return Certificate.ParsePem(StrictBase64.DecodeWrapped(content.Span, "certificate"), "certificate");
    }
}
