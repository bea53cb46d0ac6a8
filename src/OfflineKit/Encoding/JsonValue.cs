using System.Buffers.Text;
using System.Collections.Immutable;

namespace OfflineKit.Encoding;

/// <summary>What a <see cref="JsonValue"/> is.</summary>
internal enum JsonKind
{
    Null,
    True,
    False,
    Number,
    String,
    Array,
    Object,
}

/// <summary>One value of a strictly parsed JSON document; the accessors say what they wanted when it is something else.</summary>
/// <remarks>Errors: every accessor throws <see cref="MalformedException"/> with the value's path. Names match exactly, case included.</remarks>
internal sealed class JsonValue
{
    private readonly ImmutableArray<KeyValuePair<string, JsonValue>> _members;
    private readonly ImmutableArray<JsonValue> _elements;
    private readonly string? _text;
    private readonly JsonPath _path;

    private JsonValue(
        JsonKind kind,
        JsonPath path,
        ReadOnlyMemory<byte> raw,
        string? text,
        ImmutableArray<KeyValuePair<string, JsonValue>> members,
        ImmutableArray<JsonValue> elements)
    {
        Kind = kind;
        _path = path;
        Raw = raw;
        _text = text;
        _members = members;
        _elements = elements;
    }

    /// <summary>What this value is.</summary>
    public JsonKind Kind { get; }

    /// <summary>Where it stands, for messages: <c>bundle.messageSignature.signature</c>.</summary>
    public string Path => _path.ToString();

    /// <summary>The value exactly as it is spelled in the document.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The members of an object, in document order.</summary>
    public ImmutableArray<KeyValuePair<string, JsonValue>> Members =>
        Kind == JsonKind.Object ? _members : throw Wanted("an object");

    /// <summary>The elements of an array, in document order.</summary>
    public ImmutableArray<JsonValue> Elements =>
        Kind == JsonKind.Array ? _elements : throw Wanted("an array");

    /// <summary>The text of a string.</summary>
    public string Text => _text ?? throw Wanted("a string");

    /// <summary>The value of <c>true</c> or <c>false</c>.</summary>
    public bool Boolean => Kind switch
    {
        JsonKind.True => true,
        JsonKind.False => false,
        _ => throw Wanted("true or false"),
    };

    /// <summary>An integer written without fraction, exponent or minus zero, within 64 bits.</summary>
    public long Integer
    {
        get
        {
            ReadOnlySpan<byte> raw = Raw.Span;
            bool read = Utf8Parser.TryParse(raw, out long value, out int consumed);
            return Kind == JsonKind.Number && read && consumed == raw.Length && !raw.SequenceEqual("-0"u8)
                ? value
                : throw Wanted("an integer");
        }
    }

    /// <summary>The member <paramref name="name"/>, which must be there.</summary>
    public JsonValue this[string name] =>
        Optional(name) ?? throw new MalformedException($"{Path}: member \"{name}\" is missing");

    /// <summary>The member <paramref name="name"/>, or null when it is absent; a JSON null is a value.</summary>
    public JsonValue? Optional(string name)
    {
        foreach (KeyValuePair<string, JsonValue> member in Members)
        {
            if (string.Equals(member.Key, name, StringComparison.Ordinal))
            {
                return member.Value;
            }
        }

        return null;
    }

    /// <summary>The member <paramref name="name"/>, or null when it is absent or a JSON null.</summary>
    public JsonValue? OptionalNotNull(string name) => Optional(name) is { Kind: not JsonKind.Null } value ? value : null;

    /// <summary>The text of the member <paramref name="name"/>.</summary>
    public string String(string name) => this[name].Text;

    /// <summary>The text of the member <paramref name="name"/>, or null when it is absent.</summary>
    public string? OptionalString(string name) => Optional(name)?.Text;

    /// <summary>The object that is the member <paramref name="name"/>.</summary>
    public JsonValue Object(string name)
    {
        JsonValue value = this[name];
        return value.Kind == JsonKind.Object ? value : throw value.Wanted("an object");
    }

    /// <summary>The elements of the array that is the member <paramref name="name"/>.</summary>
    public ImmutableArray<JsonValue> Array(string name) => this[name].Elements;

    /// <summary>The bytes behind the strict standard base64 of the member <paramref name="name"/>.</summary>
    public byte[] Base64(string name) => StrictBase64.Decode(String(name), $"{Path}.{name}");

    /// <summary>Refuses members outside <paramref name="known"/>.</summary>
    public void RefuseOtherMembers(params ReadOnlySpan<string> known)
    {
        foreach (KeyValuePair<string, JsonValue> member in Members)
        {
            if (!known.Contains(member.Key))
            {
                throw new MalformedException($"{Path}: unknown member \"{member.Key}\"");
            }
        }
    }

    /// <summary>The exception that says what was wanted here.</summary>
    public MalformedException Wanted(string what) => new($"{Path}: wanted {what}, found {Kind}");

    internal static JsonValue OfMembers(JsonPath path, ReadOnlyMemory<byte> raw, ImmutableArray<KeyValuePair<string, JsonValue>> members) =>
        new(JsonKind.Object, path, raw, text: null, members, []);

    internal static JsonValue OfElements(JsonPath path, ReadOnlyMemory<byte> raw, ImmutableArray<JsonValue> elements) =>
        new(JsonKind.Array, path, raw, text: null, [], elements);

    internal static JsonValue OfText(JsonPath path, ReadOnlyMemory<byte> raw, string text) =>
        new(JsonKind.String, path, raw, text, [], []);

    internal static JsonValue Scalar(JsonKind kind, JsonPath path, ReadOnlyMemory<byte> raw) => new(kind, path, raw, text: null, [], []);
}
