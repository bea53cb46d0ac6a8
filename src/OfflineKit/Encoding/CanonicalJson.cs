using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace OfflineKit.Encoding;

/// <summary>The JSON Canonicalization Scheme: one byte sequence per JSON value.</summary>
/// <remarks>
/// Members by UTF-16 code units, no white space, ECMAScript numbers, the shortest escapes, UTF-8, no final line feed.
/// Input is what <see cref="StrictJson"/> accepted, so names are unique and strings are valid Unicode.
/// Errors: <see cref="MalformedException"/> for numbers that are no IEEE doubles and for integers beyond ±(2^53 − 1).
/// Source: RFC 8785.
/// </remarks>
internal static class CanonicalJson
{
    /// <summary>The canonical form of <paramref name="value"/>.</summary>
    public static byte[] Write(JsonValue value) => Write(value, omitted: null);

    /// <summary>The canonical form of <paramref name="value"/> without the member whose value is <paramref name="omitted"/>.</summary>
    /// <remarks>The member is found by identity, not by equality: exactly that place of the document is left out.</remarks>
    public static byte[] WriteWithout(JsonValue value, JsonValue omitted) => Write(value, omitted);

    /// <summary>A string with the shortest escapes: of quotation marks, backslashes and control characters only.</summary>
    public static string Quoted(string text)
    {
        System.Text.StringBuilder quoted = new("\"", text.Length + 2);
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\b' => quoted.Append("\\b"),
                '\t' => quoted.Append("\\t"),
                '\n' => quoted.Append("\\n"),
                '\f' => quoted.Append("\\f"),
                '\r' => quoted.Append("\\r"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static byte[] Write(JsonValue value, JsonValue? omitted)
    {
        ArrayBufferWriter<byte> output = new();
        Append(output, value, omitted);
        return output.WrittenSpan.ToArray();
    }

    private static void Append(ArrayBufferWriter<byte> output, JsonValue value, JsonValue? omitted)
    {
        switch (value.Kind)
        {
            case JsonKind.Object:
                AppendObject(output, value.Members, omitted);
                break;
            case JsonKind.Array:
                AppendArray(output, value.Elements, omitted);
                break;
            case JsonKind.String:
                output.Write(Utf8Text.Encode(Quoted(value.Text)));
                break;
            case JsonKind.Number:
                output.Write(Utf8Text.Encode(EcmaScriptNumber.Write(EcmaScriptNumber.Parse(value.Raw.Span, value.Path))));
                break;
            default:
                output.Write(value.Raw.Span);
                break;
        }
    }

    private static void AppendObject(ArrayBufferWriter<byte> output, ImmutableArray<KeyValuePair<string, JsonValue>> members, JsonValue? omitted)
    {
        output.Write("{"u8);
        bool first = true;
        foreach ((string name, JsonValue member) in members.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key)))
        {
            if (ReferenceEquals(member, omitted))
            {
                continue;
            }

            output.Write(first ? ""u8 : ","u8);
            first = false;
            output.Write(Utf8Text.Encode(Quoted(name)));
            output.Write(":"u8);
            Append(output, member, omitted);
        }

        output.Write("}"u8);
    }

    private static void AppendArray(ArrayBufferWriter<byte> output, ImmutableArray<JsonValue> elements, JsonValue? omitted)
    {
        output.Write("["u8);
        bool first = true;
        foreach (JsonValue element in elements)
        {
            output.Write(first ? ""u8 : ","u8);
            first = false;
            Append(output, element, omitted);
        }

        output.Write("]"u8);
    }
}
