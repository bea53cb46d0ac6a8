using OfflineKit.Encoding;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>A signature file with nothing around the value.</summary>
internal static class BareValue
{
    /// <summary>The value in <paramref name="content"/>, read as <paramref name="text"/> says or as binary with base64 as the second reading.</summary>
    public static KmsSignature Parse(ReadOnlyMemory<byte> content, string? text)
    {
        switch (text)
        {
            case "raw":
                return new KmsSignature("raw", [content]) { IsBare = true };
            case "base64":
                return new KmsSignature("base64", [StrictBase64.DecodeWrapped(content.Span, "signature")]) { IsBare = true };
            case "hex":
                return new KmsSignature("hex", [StrictHex.Decode(Utf8Text.DecodePrintable(OneLine(content.Span), "signature"), "signature")]) { IsBare = true };
            case null:
                byte[]? decoded = Result.Parse(Reasons.MalformedSignature, () => StrictBase64.DecodeWrapped(content.Span, "signature")).Value;
                return decoded is null ? new KmsSignature("raw", [content]) { IsBare = true } : new KmsSignature("raw or base64", [content, decoded]) { IsBare = true };
            default:
                throw new ArgumentOutOfRangeException(nameof(text), text, "raw, base64 or hex");
        }
    }

    /// <summary>The text without its one optional line end.</summary>
    public static ReadOnlySpan<byte> OneLine(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.EndsWith("\n"u8) ? text[..^1] : text;
        return line.Length < text.Length && line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
