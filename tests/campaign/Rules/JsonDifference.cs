using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OfflineKit.Campaign.Rules;

/// <summary>Where two JSON documents differ in what they say: not in blanks, order of members, or escapes.</summary>
internal static partial class JsonDifference
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The paths of what differs (<c>$.a[0].b</c>); empty: they say the same; null: one of them is no JSON.</summary>
    public static ImmutableArray<string>? Of(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        try
        {
            using JsonDocument left = JsonDocument.Parse(Unmarked(before), Strict), right = JsonDocument.Parse(Unmarked(after), Strict);
            return [.. Compare("$", left.RootElement, right.RootElement)];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No JSON, or text in it that is no UTF-8: it is compared as something else.
            return null;
        }
    }

    /// <summary>The text at <paramref name="path"/>, or null.</summary>
    public static string? Text(ReadOnlyMemory<byte> document, string path)
    {
        using JsonDocument read = JsonDocument.Parse(Unmarked(document), Strict);
        JsonElement? element = read.RootElement;
        foreach (string step in Steps(path))
        {
            element = element is { ValueKind: JsonValueKind.Object } one ? Member(one, step) : element is { ValueKind: JsonValueKind.Array } list ? Element(list, int.Parse(step, CultureInfo.InvariantCulture)) : null;
        }

        return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }

    /// <summary>The names and numbers of <paramref name="path"/>.</summary>
    public static string[] Steps(string path) => [.. Step().Matches(path).Select(step => step.Groups["name"].Value)];

    [GeneratedRegex(@"\.(?<name>[^.\[]*)|\[(?<name>\d+)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();

    /// <summary>The content without a byte order mark.</summary>
    public static ReadOnlyMemory<byte> Unmarked(ReadOnlyMemory<byte> content) => content.Span.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? content[3..] : content;

    private static IEnumerable<string> Compare(string path, JsonElement left, JsonElement right)
    {
        if (left.ValueKind == JsonValueKind.Object && right.ValueKind == JsonValueKind.Object)
        {
            return left.EnumerateObject().Concat(right.EnumerateObject()).Select(member => member.Name).Distinct().SelectMany(name => ComparePart($"{path}.{Plain(name)}", Member(left, name), Member(right, name)));
        }

        if (left.ValueKind == JsonValueKind.Array && right.ValueKind == JsonValueKind.Array)
        {
            int count = Math.Max(left.GetArrayLength(), right.GetArrayLength());
            return Enumerable.Range(0, count).SelectMany(at => ComparePart($"{path}[{at}]", Element(left, at), Element(right, at)));
        }

        bool isSame = left.ValueKind == right.ValueKind && (left.ValueKind == JsonValueKind.String ? left.GetString() == right.GetString() : left.GetRawText() == right.GetRawText());
        return isSame ? [] : [path];
    }

    private static IEnumerable<string> ComparePart(string path, JsonElement? left, JsonElement? right) => left is { } one && right is { } other ? Compare(path, one, other) : [path];

    // A bracket is the mark of an element.
    private static string Plain(string name) => name.Replace('[', '(');

    private static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value : null;

    private static JsonElement? Element(JsonElement element, int at) => at < element.GetArrayLength() ? element[at] : null;
}
