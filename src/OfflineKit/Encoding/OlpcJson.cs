using System.Buffers;
using System.Collections.Immutable;

namespace OfflineKit.Encoding;

/// <summary>The canonical JSON of the OLPC project, over which TUF metadata is signed.</summary>
/// <remarks>
/// Members by code point, no white space, integers only, UTF-8, and no escape but for <c>"</c> and <c>\</c>: control characters stand raw.
/// Errors: <see cref="MalformedException"/> for a number with fraction or exponent, minus zero, or more than 64 bits.
/// Source: the Canonical JSON page of the OLPC wiki; the TUF specification §4.1 names it.
/// </remarks>
internal static class OlpcJson
{
    /// <summary>The canonical form of <paramref name="value"/>.</summary>
    public static byte[] Write(JsonValue value)
    {
        ArrayBufferWriter<byte> output = new();
        Append(output, value);
        return output.WrittenSpan.ToArray();
    }

    private static void Append(ArrayBufferWriter<byte> output, JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonKind.Object:
                AppendObject(output, value.Members);
                break;
            case JsonKind.Array:
                AppendArray(output, value.Elements);
                break;
            case JsonKind.String:
                AppendString(output, Utf8Text.Encode(value.Text));
                break;
            case JsonKind.Number:
                _ = value.Integer;
                output.Write(value.Raw.Span);
                break;
            default:
                output.Write(value.Raw.Span);
                break;
        }
    }

    private static void AppendObject(ArrayBufferWriter<byte> output, ImmutableArray<KeyValuePair<string, JsonValue>> members)
    {
        // The order of UTF-8 bytes is the order of code points; UTF-16 code units would sort some characters otherwise.
        List<(byte[] Name, JsonValue Value)> sorted = [.. members.Select(member => (Utf8Text.Encode(member.Key), member.Value))];
        sorted.Sort(static (a, b) => a.Name.AsSpan().SequenceCompareTo(b.Name));
        output.Write("{"u8);
        for (int i = 0; i < sorted.Count; i++)
        {
            output.Write(i == 0 ? ""u8 : ","u8);
            AppendString(output, sorted[i].Name);
            output.Write(":"u8);
            Append(output, sorted[i].Value);
        }

        output.Write("}"u8);
    }

    private static void AppendArray(ArrayBufferWriter<byte> output, ImmutableArray<JsonValue> elements)
    {
        output.Write("["u8);
        for (int i = 0; i < elements.Length; i++)
        {
            output.Write(i == 0 ? ""u8 : ","u8);
            Append(output, elements[i]);
        }

        output.Write("]"u8);
    }

    private static void AppendString(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        output.Write("\""u8);
        foreach (byte b in utf8)
        {
            if (b is (byte)'"' or (byte)'\\')
            {
                output.Write("\\"u8);
            }

            output.Write([b]);
        }

        output.Write("\""u8);
    }
}
