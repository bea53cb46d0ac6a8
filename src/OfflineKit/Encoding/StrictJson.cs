using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace OfflineKit.Encoding;

/// <summary>JSON with one meaning: UTF-8 without BOM, one document, no comments, no duplicate names, depth ≤ 64, a bounded number of values, no lone surrogates.</summary>
/// <remarks>
/// Errors: <see cref="MalformedException"/> for everything else. Source: RFC 8259, RFC 7493 (I-JSON).
/// Names are compared after unescaping, ordinally and at every depth.
/// </remarks>
internal static class StrictJson
{
    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    // What readers pass over before a document: white space, and the byte order marks of UTF-8, UTF-16 and UTF-32.
    private static ReadOnlySpan<byte> BlanksAndMarks => [(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0];

    /// <summary><paramref name="content"/> begins like an object in the one form that is read here.</summary>
    public static bool BeginsObject(ReadOnlySpan<byte> content) => content.TrimStart(Blanks).StartsWith("{"u8);

    /// <summary>Some reader of JSON takes <paramref name="content"/> for an object, also where <see cref="Parse"/> refuses it.</summary>
    public static bool MayBeReadAsObject(ReadOnlySpan<byte> content) => content.TrimStart(BlanksAndMarks).StartsWith("{"u8);

    /// <summary>The document in <paramref name="utf8"/>.</summary>
    public static JsonValue Parse(ReadOnlyMemory<byte> utf8, string what)
    {
        if (utf8.IsEmpty)
        {
            throw new MalformedException($"{what}: empty");
        }

        Utf8Text.RefuseByteOrderMark(utf8.Span, what);
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new MalformedException($"{what}: not valid UTF-8");
        }

        Utf8JsonReader reader = new(utf8.Span, new JsonReaderOptions { MaxDepth = Limits.JsonDepth });
        try
        {
            reader.Read();
            int left = Limits.JsonValues;
            JsonValue value = Value(ref reader, utf8, new JsonPath(what), ref left);
            return reader.Read() ? throw new MalformedException($"{what}: data after the JSON document") : value;
        }
        catch (JsonException fault)
        {
            throw new MalformedException($"{what}: not strict JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine}");
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader.GetString reports a lone surrogate this way.
            throw new MalformedException($"{what}: a string is not valid Unicode");
        }
    }

    /// <summary>The object in <paramref name="utf8"/>.</summary>
    public static JsonValue ParseObject(ReadOnlyMemory<byte> utf8, string what)
    {
        JsonValue value = Parse(utf8, what);
        return value.Kind == JsonKind.Object ? value : throw new MalformedException($"{what}: wanted a JSON object, found {value.Kind}");
    }

    private static JsonValue Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, JsonPath path, ref int left)
    {
        if (--left < 0)
        {
            throw new MalformedException(Reasons.InputTooLarge, $"{path}: more than {Limits.JsonValues} JSON values");
        }

        int start = checked((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                ImmutableArray<KeyValuePair<string, JsonValue>> members = Members(ref reader, utf8, path, ref left);
                return JsonValue.OfMembers(path, Raw(ref reader, utf8, start), members);
            case JsonTokenType.StartArray:
                ImmutableArray<JsonValue> elements = Elements(ref reader, utf8, path, ref left);
                return JsonValue.OfElements(path, Raw(ref reader, utf8, start), elements);
            case JsonTokenType.String:
                string text = reader.GetString() ?? "";
                return JsonValue.OfText(path, Raw(ref reader, utf8, start), text);
            case JsonTokenType.Number:
                return JsonValue.Scalar(JsonKind.Number, path, Raw(ref reader, utf8, start));
            case JsonTokenType.True:
                return JsonValue.Scalar(JsonKind.True, path, Raw(ref reader, utf8, start));
            case JsonTokenType.False:
                return JsonValue.Scalar(JsonKind.False, path, Raw(ref reader, utf8, start));
            default:
                return JsonValue.Scalar(JsonKind.Null, path, Raw(ref reader, utf8, start));
        }
    }

    private static ReadOnlyMemory<byte> Raw(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, int start) =>
        utf8[start..checked((int)reader.BytesConsumed)];

    private static ImmutableArray<KeyValuePair<string, JsonValue>> Members(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, JsonPath path, ref int left)
    {
        var members = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>();
        HashSet<string> names = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString() ?? "";
            if (!names.Add(name))
            {
                throw new MalformedException($"{path}: member \"{name}\" occurs twice");
            }

            reader.Read();
            members.Add(KeyValuePair.Create(name, Value(ref reader, utf8, path.Member(name), ref left)));
        }

        return members.DrainToImmutable();
    }

    private static ImmutableArray<JsonValue> Elements(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, JsonPath path, ref int left)
    {
        var elements = ImmutableArray.CreateBuilder<JsonValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(Value(ref reader, utf8, path.Element(elements.Count), ref left));
        }

        return elements.DrainToImmutable();
    }
}
