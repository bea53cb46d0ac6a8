using System.Collections.Immutable;

namespace OfflineKit.Formats.Dossier;

/// <summary>Dossiers: Markdown documents (<c>*.ds.md</c>) whose front matter carries checksum and signature of the body.</summary>
internal sealed class DossierFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "dossier";

    /// <inheritdoc/>
    public override string Title => "dossier document (KMS ECDSA, Ed25519 or minisign signature of the body)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [];

    /// <inheritdoc/>
    public override bool IsSelfContained => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations)
    {
        // A byte order mark is refused later, with its own sentence.
        ReadOnlySpan<byte> text = content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? content[3..] : content;
        return text.StartsWith("---"u8) && (text.Length == 3 || text[3] != (byte)'-');
    }

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => DossierEnvelope.Parse(content);
}
