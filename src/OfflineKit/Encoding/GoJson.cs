using System.Buffers;

namespace OfflineKit.Encoding;

/// <summary>JSON as Go's encoder writes it, where a MAC or a file must match that encoder byte for byte.</summary>
/// <remarks>
/// No white space; <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c>, U+2028 and U+2029 are escaped; order, numbers and escapes of the input stay.
/// Source: the documentation of Go's encoding/json (Compact, HTMLEscape, Marshal).
/// </remarks>
internal static class GoJson
{
    /// <summary>A raw JSON value without insignificant white space and with Go's HTML escapes.</summary>
    public static byte[] Compact(ReadOnlySpan<byte> raw)
    {
        ArrayBufferWriter<byte> output = new();
        bool inString = false, escaped = false;
        foreach (byte b in raw)
        {
            if (!inString && b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            inString ^= b == (byte)'"' && !escaped;
            escaped = inString && b == (byte)'\\' && !escaped;
            output.Write([b]);
        }

        return EscapeHtml(output.WrittenSpan);
    }

    /// <summary>A JSON string as Go writes it.</summary>
    public static byte[] String(string text) => EscapeHtml(Utf8Text.Encode(CanonicalJson.Quoted(text)));

    private static byte[] EscapeHtml(ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte> output = new(json.Length + 16);
        for (int i = 0; i < json.Length; i++)
        {
            ReadOnlySpan<byte> rest = json[i..];
            if (rest[0] is (byte)'<' or (byte)'>' or (byte)'&')
            {
                output.Write(rest[0] switch { (byte)'<' => "\\u003c"u8, (byte)'>' => "\\u003e"u8, _ => "\\u0026"u8 });
            }
            else if (rest.StartsWith("\u2028"u8) || rest.StartsWith("\u2029"u8))
            {
                output.Write(rest[2] == 0xA8 ? "\\u2028"u8 : "\\u2029"u8);
                i += 2;
            }
            else
            {
                output.Write(rest[..1]);
            }
        }

        return output.WrittenSpan.ToArray();
    }
}
