using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Sigstore;

/// <summary>The one spelling of protobuf JSON that bundles use: lowerCamelCase, 64-bit integers as decimal strings, padded base64.</summary>
/// <remarks>Source: docs/spec/sigstore.md F1. A JSON null is an absent member; members with the default value may be absent.</remarks>
internal static class ProtoJson
{
    /// <summary>A 64-bit integer, zero when absent; negative numbers are malformed.</summary>
    public static long Number(JsonValue json, string name)
    {
        if (json.OptionalNotNull(name) is not { } value)
        {
            return 0;
        }

        string text = value.Text;
        return DecimalText.Number(text) ?? throw new MalformedException($"{value.Path}: \"{text}\", wanted a decimal number from 0 on as a string");
    }

    /// <summary>Bytes that must be there; may be empty only where <paramref name="name"/> says so elsewhere.</summary>
    public static byte[] Bytes(JsonValue json, string name)
    {
        byte[] bytes = json.Base64(name);
        return bytes.Length > 0 ? bytes : throw new MalformedException($"{json.Path}.{name}: empty");
    }

    /// <summary>The elements of a repeated field, none when absent.</summary>
    public static ImmutableArray<JsonValue> Repeated(JsonValue json, string name, int limit)
    {
        ImmutableArray<JsonValue> elements = json.OptionalNotNull(name)?.Elements ?? [];
        return elements.Length <= limit
            ? elements
            : throw new MalformedException(Reasons.InputTooLarge, $"{json.Path}.{name}: {elements.Length} elements, limit {limit}");
    }

    /// <summary>The only member of a oneof that is present.</summary>
    public static string OneOf(JsonValue json, params ReadOnlySpan<string> names)
    {
        string found = "";
        foreach (string name in names)
        {
            if (json.OptionalNotNull(name) is null)
            {
                continue;
            }

            found = found.Length == 0 ? name : throw new MalformedException($"{json.Path}: both \"{found}\" and \"{name}\", wanted one");
        }

        return found.Length > 0 ? found : throw new MalformedException($"{json.Path}: none of {string.Join(", ", names.ToArray())}");
    }
}
