using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Encoding;
using OfflineKit.Formats.Cosign;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.Foreign;
using OfflineKit.Formats.Sigstore;

namespace OfflineKit.Formats.Jsonl;

/// <summary>Sigstore bundles, DSSE envelopes or image signatures, one a line, as `gh attestation download` and `cosign download` write them.</summary>
/// <remarks>Source: docs/spec/json-lines.md.</remarks>
internal sealed class JsonLinesFormat : Format
{
    private static readonly ImmutableArray<Format> MemberFormats = [new SigstoreFormat(), new DsseFormat(), new CosignDownloadFormat()];

    /// <inheritdoc/>
    public override string Name => "json-lines";

    /// <inheritdoc/>
    public override string Title => "JSON Lines of Sigstore bundles, DSSE envelopes or image signatures";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".sigstore.jsonl", ".intoto.jsonl", ".jsonl"];

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations)
    {
        if (!Encoding.JsonLines.LooksLike(content))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = content.TrimStart(" \t\r\n"u8), first = rest[..rest.IndexOf((byte)'\n')];
        return Of(first, expectations) is not null;
    }

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations)
    {
        ImmutableArray<ReadOnlyMemory<byte>> lines = Encoding.JsonLines.Split(content);
        return new EnvelopeCollection(Name, [.. lines.Select((line, i) => Member(line, i + 1, expectations))]);
    }

    // A line that cannot be read is a refusal of its own; the other lines do not suffer.
    private static CollectionMember Member(ReadOnlyMemory<byte> line, int number, Expectations expectations) => new(
        string.Create(CultureInfo.InvariantCulture, $"line {number}"),
        Of(line.Span, expectations) is { } format
            ? Result.Parse(Reasons.MalformedSignature, () => format.Parse(line, expectations))
            : new Result<Envelope>(Value: null, UnknownContent.Refusal(line.Span)));

    private static Format? Of(ReadOnlySpan<byte> line, Expectations expectations)
    {
        foreach (Format format in MemberFormats)
        {
            if (format.Recognises(line, expectations))
            {
                return format;
            }
        }

        return null;
    }
}
