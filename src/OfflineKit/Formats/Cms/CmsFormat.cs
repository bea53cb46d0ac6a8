using System.Collections.Immutable;

namespace OfflineKit.Formats.Cms;

/// <summary>CMS (PKCS #7) signatures beside a file: <c>openssl cms -sign -binary</c>, <c>openssl smime</c>, smimesign.</summary>
internal sealed class CmsFormat : Format
{
    /// <summary>The name in reports and for <c>--format</c>.</summary>
    public const string FormatName = "cms";

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Title => "CMS signature (PKCS #7)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".p7s", ".p7m", ".p7", ".cms", ".sig"];

    /// <inheritdoc/>
    public override bool CountsWithOthers => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) => CmsMessage.LooksLike(content) && !CmsMessage.HoldsContent(content.ToArray());

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => new CmsEnvelope(CmsMessage.Parse(content));
}

/// <summary>A CMS message that holds the signed file: <c>openssl cms -sign -nodetach</c>.</summary>
internal sealed class CmsSignedFormat : Format
{
    /// <summary>The name in reports and for <c>--format</c>.</summary>
    public const string FormatName = "cms-signed";

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Title => "file inside its CMS signature (PKCS #7)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [];

    /// <inheritdoc/>
    public override bool IsSelfContained => true;

    /// <inheritdoc/>
    internal override bool IsSpelledFreely => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) => MayHoldFile(content) && CmsMessage.HoldsContent(content.ToArray());

    /// <inheritdoc/>
    internal override bool MayHoldFile(ReadOnlySpan<byte> content) => CmsMessage.LooksLike(content);

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => new CmsEnvelope(CmsMessage.Parse(content));
}
