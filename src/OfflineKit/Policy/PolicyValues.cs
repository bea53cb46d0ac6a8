using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Policy;

/// <summary>Values as policies spell them.</summary>
internal static class PolicyValues
{
    private const int Longest = 256;

    /// <summary>The text of <paramref name="value"/>.</summary>
    public static string NotEmpty(JsonValue value) => value.Text.Length > 0 ? value.Text : throw value.Wanted("a text that is not empty");

    /// <summary>The texts in <paramref name="list"/>.</summary>
    public static ImmutableArray<string> Texts(JsonValue list) => [.. Listed(list).Select(NotEmpty)];

    /// <summary>The elements of <paramref name="list"/>.</summary>
    /// <remarks>An empty list would demand nothing, which its writer did not mean.</remarks>
    public static ImmutableArray<JsonValue> Listed(JsonValue list) =>
        list.Elements.Length is > 0 and <= Longest ? list.Elements : throw list.Wanted($"1 to {Longest} elements, or no such member");
}
