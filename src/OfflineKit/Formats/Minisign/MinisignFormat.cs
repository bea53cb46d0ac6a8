using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Minisign;

/// <summary>minisign's four-line signature files.</summary>
internal sealed class MinisignFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "minisign";

    /// <inheritdoc/>
    public override string Title => "minisign signature (Ed25519, prehashed)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".minisig"];

    /// <inheritdoc/>
    public override bool CountsWithOthers => true;

    /// <remarks>The four lines stand as they are: nobody's minisign writes another spelling, and the trusted comment is signed byte by byte.</remarks>
    internal override bool IsSpelledFreely => false;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        content.StartsWith("untrusted comment:"u8) && HasThirdLine(content);

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => MinisignEnvelope.Parse(content.Span);

    // A signify signature has two lines; whatever follows them makes the file a minisign signature, well-formed or not.
    private static bool HasThirdLine(ReadOnlySpan<byte> content)
    {
        int first = content.IndexOf((byte)'\n');
        int second = first < 0 ? -1 : content[(first + 1)..].IndexOf((byte)'\n');
        return second >= 0 && first + second + 2 < content.Length;
    }
}
