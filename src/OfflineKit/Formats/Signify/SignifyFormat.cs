using System.Collections.Immutable;

namespace OfflineKit.Formats.Signify;

/// <summary>OpenBSD signify's two-line signatures beside a file.</summary>
internal sealed class SignifyFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "signify";

    /// <inheritdoc/>
    public override string Title => "signify signature (Ed25519 over the file)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".sig", ".signify"];

    /// <inheritdoc/>
    public override bool CountsWithOthers => true;

    /// <inheritdoc/>
    /// <remarks>Whatever follows the second line makes the file a minisign signature, well-formed or not, or an embedded one.</remarks>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations)
    {
        int first = content.StartsWith("untrusted comment:"u8) ? content.IndexOf((byte)'\n') : -1;
        int second = first < 0 ? -1 : content[(first + 1)..].IndexOf((byte)'\n');
        return first >= 0 && (second < 0 || first + second + 2 == content.Length);
    }

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => SignifyEnvelope.ParseDetached(content);
}

/// <summary>signify's embedded form (<c>-e</c>): the two lines, then the signed message in the same file.</summary>
/// <remarks>Never recognised by itself, because a broken minisign signature looks the same: the caller names the format.</remarks>
internal sealed class SignifyEmbeddedFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "signify-embedded";

    /// <inheritdoc/>
    public override string Title => "message under its signify signature (signify -e)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [];

    /// <inheritdoc/>
    public override bool IsSelfContained => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) => false;

    /// <inheritdoc/>
    internal override bool MayHoldFile(ReadOnlySpan<byte> content) => content.StartsWith("untrusted comment:"u8) && content.Count((byte)'\n') > 2 && content.IndexOf("\ntrusted comment:"u8) < 0;

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => SignifyEnvelope.ParseEmbedded(content);
}
