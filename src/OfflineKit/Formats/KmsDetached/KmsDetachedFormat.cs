using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>Signatures of cloud key services over a file: a bare value, or the service's JSON answer around it.</summary>
internal sealed class KmsDetachedFormat : Format
{
    /// <summary>Its name, by which a key's scope names it.</summary>
    public const string FormatName = "kms-detached";

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Title => "detached signature of a key service (AWS, Azure, Google, Vault)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".sig", ".sig.json"];

    /// <inheritdoc/>
    public override bool CountsWithOthers => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        content.StartsWith(VaultValue.Prefix) || (StrictJson.BeginsObject(content) && KmsJson.Recognises(content.ToArray()));

    /// <inheritdoc/>
    public override bool RecognisesBare(ReadOnlySpan<byte> content, Expectations expectations) =>
        !content.IsEmpty && expectations.AllowBareSignature && expectations.Certificate is null;

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations)
    {
        AlgorithmLabel? expected = expectations.Algorithm is { } label ? AlgorithmLabel.ParseAsked(label, "the algorithm") : null;
        KmsSignature signature = content.Span.StartsWith(VaultValue.Prefix)
            ? VaultValue.Parse(Utf8Text.DecodePrintable(BareValue.OneLine(content.Span), "Vault signature"))
            : KmsJson.Recognises(content) ? KmsJson.Parse(content) : BareValue.Parse(content, expectations.SignatureText);
        return new KmsDetachedEnvelope(signature.Under(expected, expectations.EcdsaEncoding));
    }
}
