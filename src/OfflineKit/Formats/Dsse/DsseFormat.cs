using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dsse;

/// <summary>DSSE envelopes: one JSON object with payload, payload type and signatures.</summary>
internal sealed class DsseFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "dsse";

    /// <inheritdoc/>
    public override string Title => "DSSE envelope (in-toto attestations)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".dsse.json", ".intoto.json"];

    /// <summary>An envelope carries its payload: without an artefact it is verified alone.</summary>
    public override bool IsSelfContained => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        StrictJson.BeginsObject(content)
        && content.IndexOf("\"payloadType\""u8) >= 0
        && content.IndexOf("\"signatures\""u8) >= 0
        && content.IndexOf("\"dsseEnvelope\""u8) < 0
        && !Encoding.JsonLines.LooksLike(content);

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => DsseEnvelope.Parse(content);
}
