using System.Collections.Immutable;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Formats.OpenPgp;

/// <summary>OpenPGP signatures beside a file, armoured or binary.</summary>
internal sealed class OpenPgpFormat : Format
{
    /// <summary>The name in reports and for <c>--format</c>.</summary>
    internal const string FormatName = "openpgp";

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Title => "OpenPGP signature (gpg, sq)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".asc", ".gpg", ".pgp", ".sign", ".sig"];

    /// <inheritdoc/>
    public override bool CountsWithOthers => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        content.TrimStart(" \t\r\n"u8).StartsWith(OpenPgpEnvelope.Begin) || OpenPgpEnvelope.LooksBinary(content);

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => OpenPgpEnvelope.Parse(content);
}

/// <summary>Text between its OpenPGP header and signature (<c>gpg --clearsign</c>): one file, of which the text is signed.</summary>
internal sealed class ClearSignedFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "openpgp-clearsigned";

    /// <inheritdoc/>
    public override string Title => "text with its OpenPGP signature (clear-signed)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [];

    /// <inheritdoc/>
    public override bool IsSelfContained => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) => content.StartsWith(ClearSignedText.Begin);

    /// <inheritdoc/>
    internal override bool MayHoldFile(ReadOnlySpan<byte> content) => content.StartsWith(ClearSignedText.Begin);

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => OpenPgpEnvelope.Of(ClearSignedText.Parse(content.Span));
}
