using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Foreign;

namespace OfflineKit.Formats.Checksums;

/// <summary>Checksum lists, and signature files that hold nothing but a checksum: integrity, never trust.</summary>
internal sealed class ChecksumFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "checksums";

    /// <inheritdoc/>
    public override string Title => "checksum list (integrity only)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [];

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        // Who says that the signature is written in hex expects a signature there.
        expectations.SignatureText is null && !ForeignMarks.IsGitBundle(content) && (ChecksumEnvelope.IsLoneDigest(content) || ChecksumList.LooksLike(content));

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => ChecksumEnvelope.Parse(content.Span);
}
