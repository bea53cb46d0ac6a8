using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Jws;

/// <summary>The three ways to write a JWS, brought to one: a payload, or none, and its signatures.</summary>
/// <param name="Payload">The payload; null where the JWS is detached.</param>
/// <param name="Signatures">One or more; all say alike whether the payload is encoded.</param>
/// <remarks>Source: RFC 7515 §7 and appendix F, RFC 7797 §5; docs/spec/jws.md §1.</remarks>
internal sealed record JwsDocument(ReadOnlyMemory<byte>? Payload, ImmutableArray<JwsSignature> Signatures)
{
    private const string What = "JWS";

    /// <summary>It is written as three parts between dots: nothing else stands in the file.</summary>
    public bool IsCompact { get; private init; }
    private const int MostSignatures = 64;

    /// <summary>The content is a compact JWS or JWE, or JSON that holds a JWS: its header says how it is made.</summary>
    public static bool Looks(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("ey"u8))
        {
            // By its header alone: one that was cut off behind it is a broken signature, not a file without one.
            int dot = content.IndexOf((byte)'.');
            byte[] header = dot < 0 ? [] : content[..dot].ToArray();
            return Result.Parse(Reasons.MalformedSignature, () => StrictBase64.DecodeUrl(System.Text.Encoding.Latin1.GetString(header), What)).Value is [(byte)'{', ..];
        }

        return StrictJson.BeginsObject(content) && content.IndexOf("\"protected\""u8) >= 0 && content.IndexOf("\"signature"u8) >= 0 && !JsonLines.LooksLike(content);
    }

    /// <summary>The JWS in <paramref name="content"/>.</summary>
    public static JwsDocument Parse(ReadOnlyMemory<byte> content) =>
        StrictJson.BeginsObject(content.Span) ? OfJson(StrictJson.ParseObject(content, What)) : Compact(content.Span);

    /// <summary>The compact JWS in <paramref name="content"/>: three parts, and at most one line end.</summary>
    public static JwsDocument Compact(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> line = content.EndsWith("\r\n"u8) ? content[..^2] : content.EndsWith("\n"u8) ? content[..^1] : content;
        string[] parts = Utf8Text.DecodePrintable(line, What).Split('.');
        if (parts.Length == 5)
        {
            throw new MalformedException($"{What}: five parts are an encrypted token (JWE), which nobody signed");
        }

        if (parts is not [var header, var payload, var value])
        {
            throw new MalformedException($"{What}: {parts.Length} parts between dots, wanted HEADER.PAYLOAD.SIGNATURE");
        }

        JwsSignature signature = JwsSignature.Parse(header, unprotected: null, value);
        return new JwsDocument(payload.Length == 0 ? Elsewhere : Decoded(payload, signature.Header), [signature]) { IsCompact = true };
    }

    private static JwsDocument OfJson(JsonValue json)
    {
        bool isGeneral = json.Optional("signatures") is not null;
        if (isGeneral && (json.Optional("signature") is not null || json.Optional("protected") is not null || json.Optional("header") is not null))
        {
            throw new MalformedException($"{What}: \"signatures\" and the members of a single signature beside each other");
        }

        ImmutableArray<JwsSignature> signatures = isGeneral ? [.. json["signatures"].Elements.Select(Signature)] : [Signature(json)];
        if (signatures.Length is 0 or > MostSignatures || signatures.Any(signature => signature.Header.IsPayloadEncoded != signatures[0].Header.IsPayloadEncoded))
        {
            throw new MalformedException($"{What}: {signatures.Length} signatures, wanted 1 to {MostSignatures} that say alike whether the payload is encoded");
        }

        return new JwsDocument(json.Optional("payload") is { } payload ? Decoded(payload.Text, signatures[0].Header) : Elsewhere, signatures);
    }

    private static JwsSignature Signature(JsonValue json) => JwsSignature.Parse(
        json.String("protected"), json.Optional("header") is null ? null : json.Object("header"), json.String("signature"));

    // A bare null beside memory would become an empty payload: the language knows a conversion for it.
    private static ReadOnlyMemory<byte>? Elsewhere => default;

    private static ReadOnlyMemory<byte>? Decoded(string payload, JwsHeader header)
    {
        byte[] bytes = header.IsPayloadEncoded ? StrictBase64.DecodeUrl(payload, "JWS payload") : Utf8Text.Encode(payload);
        return new ReadOnlyMemory<byte>(bytes);
    }
}
