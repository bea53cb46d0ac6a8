using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OfflineKit.Encoding;

/// <summary>Members of protobuf JSON as its writers differ: lowerCamelCase or the field's own snake_case, enumerations by name or by number.</summary>
/// <remarks>
/// What is absent or null has the default value of its type, as proto3 says. One field under both names is malformed. Bundles are stricter: their writers agree.
/// Source: Protocol Buffers, ProtoJSON format; docs/spec/trusted-root.md §1.
/// </remarks>
internal static class ProtoMembers
{
    /// <summary>The member <paramref name="name"/> (lowerCamelCase), or null when it is absent or null.</summary>
    /// <exception cref="MalformedException">It stands there under both names.</exception>
    public static JsonValue? Field(this JsonValue json, string name)
    {
        JsonValue? camel = json.OptionalNotNull(name);
        string field = Snake(name);
        JsonValue? snake = field == name ? null : json.OptionalNotNull(field);
        return camel is null || snake is null ? camel ?? snake : throw new MalformedException($"{json.Path}: both \"{name}\" and \"{field}\"");
    }

    /// <summary>The text of the field <paramref name="name"/>; empty when absent.</summary>
    public static string FieldText(this JsonValue json, string name) => json.Field(name)?.Text ?? "";

    /// <summary>The bytes of the field <paramref name="name"/>; none when absent.</summary>
    public static byte[] FieldBytes(this JsonValue json, string name) => json.Field(name) is { } value ? StrictBase64.Decode(value.Text, value.Path) : [];

    /// <summary>The message in the field <paramref name="name"/>.</summary>
    public static JsonValue FieldObject(this JsonValue json, string name) => json.Field(name) switch
    {
        { Kind: JsonKind.Object } value => value,
        { } other => throw other.Wanted("an object"),
        null => throw new MalformedException($"{json.Path}: member \"{name}\" is missing"),
    };

    /// <summary>The elements of the repeated field <paramref name="name"/>.</summary>
    public static ImmutableArray<JsonValue> FieldElements(this JsonValue json, string name) => json.Field(name)?.Elements ?? [];

    /// <summary>The name of the enumeration's value in the field <paramref name="name"/>; a number is looked up in <paramref name="names"/>, and stays a number where none fits.</summary>
    public static string FieldEnumeration(this JsonValue json, string name, ImmutableArray<string> names)
    {
        if (json.Field(name) is not { Kind: JsonKind.Number } number)
        {
            return json.Field(name)?.Text ?? names[0];
        }

        return number.Integer is >= 0 and long index && index < names.Length ? names[(int)index] : number.Integer.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The members that are none of <paramref name="known"/> (lowerCamelCase) in either spelling.</summary>
    public static IEnumerable<string> UnknownFields(this JsonValue json, ImmutableArray<string> known) =>
        json.Members.Select(member => member.Key).Where(name => !known.Any(field => name == field || name == Snake(field)));

    private static string Snake(string name)
    {
        StringBuilder field = new();
        foreach (char c in name)
        {
            _ = char.IsAsciiLetterUpper(c) ? field.Append('_').Append(char.ToLowerInvariant(c)) : field.Append(c);
        }

        return field.ToString();
    }
}
