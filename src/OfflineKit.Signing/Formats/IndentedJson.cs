using OfflineKit.Encoding;

namespace OfflineKit.Signing.Formats;

/// <summary>JSON as <c>JSON.stringify(value, null, 2)</c> writes it; numbers keep their spelling.</summary>
/// <remarks>Source: ECMA-262 §25.5.2 (SerializeJSONProperty, QuoteJSONString).</remarks>
internal static class IndentedJson
{
    /// <summary>The text of <paramref name="value"/>.</summary>
    public static string Write(JsonValue value, int depth = 0) => value.Kind switch
    {
        JsonKind.Object => Block('{', '}', [.. value.Members.Select(member => $"{CanonicalJson.Quoted(member.Key)}: {Write(member.Value, depth + 1)}")], depth),
        JsonKind.Array => Block('[', ']', [.. value.Elements.Select(element => Write(element, depth + 1))], depth),
        JsonKind.String => CanonicalJson.Quoted(value.Text),
        _ => System.Text.Encoding.UTF8.GetString(value.Raw.Span),
    };

    /// <summary>An object of written members.</summary>
    public static string Object(IReadOnlyList<(string Name, string Written)> members, int depth) =>
        Block('{', '}', [.. members.Select(member => $"{CanonicalJson.Quoted(member.Name)}: {member.Written}")], depth);

    private static string Block(char open, char close, IReadOnlyList<string> entries, int depth)
    {
        string inner = new(' ', 2 * (depth + 1)), outer = new(' ', 2 * depth);
        return entries.Count == 0 ? $"{open}{close}" : $"{open}\n{inner}{string.Join($",\n{inner}", entries)}\n{outer}{close}";
    }
}
