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
                return new KmsSignature("base64", [FromBase64(content.Span)]) { IsBare = true };
            case "hex":
                return new KmsSignature("hex", [StrictHex.Decode(Utf8Text.DecodePrintable(OneLine(content.Span), "signature"), "signature")]) { IsBare = true };
            case null:
                byte[]? decoded = Result.Parse(Reasons.MalformedSignature, () => FromBase64(content.Span)).Value;
                return decoded is null ? new KmsSignature("raw", [content]) { IsBare = true } : new KmsSignature("raw or base64", [content, decoded]) { IsBare = true };
            default:
                throw new ArgumentOutOfRangeException(nameof(text), text, "raw, base64 or hex");
        }
    }

    // As Azure writes the value of its answers (base64url without padding) on one line, or in standard base64, wrapped or not: text of a letter of the other alphabet, or without padding, is never both.
    private static byte[] FromBase64(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = OneLine(text);
        return line.ContainsAny("-_"u8) || (line.Length % 4 is 2 or 3 && !line.ContainsAny("\r\n=+/"u8))
            ? StrictBase64.DecodeUrl(Utf8Text.DecodePrintable(line, "signature"), "signature")
            : StrictBase64.DecodeWrapped(text, "signature");
    }

    /// <summary>The text without its one optional line end.</summary>
    public static ReadOnlySpan<byte> OneLine(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.EndsWith("\n"u8) ? text[..^1] : text;
        return line.Length < text.Length && line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
