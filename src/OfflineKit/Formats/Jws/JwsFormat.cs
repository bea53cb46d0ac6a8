using System.Collections.Immutable;
using OfflineKit.Formats.Foreign;

namespace OfflineKit.Formats.Jws;

/// <summary>JSON Web Signatures and tokens: compact or JSON, with their payload or beside it.</summary>
internal sealed class JwsFormat : Format
{
    /// <summary>The name in reports and for <c>--format</c>.</summary>
    internal const string FormatName = "jws";

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Title => "JSON Web Signature (JWS, JWT)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".jws", ".jws.json"];

    /// <summary>Most carry their payload: without an artefact they are verified alone.</summary>
    public override bool IsSelfContained => true;

    /// <inheritdoc/>
    internal override bool IsSpelledFreely => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) => JwsDocument.Looks(content) && !ForeignMarks.IsNotation(content);

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => new JwsEnvelope(JwsDocument.Parse(content));
}
