using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace OfflineKit.Signing.Tests.Dossier;

/// <summary>A dossier as another program reads it: no line of it is shared with the reader that is tried.</summary>
/// <param name="FrontMatter">The front matter as JSON.</param>
/// <param name="Body">Everything behind the closing line.</param>
internal sealed record IndependentDossier(JsonObject FrontMatter, string Body)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IndependentDossier Read(string text)
    {
        string rest = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        int end = rest.IndexOf("\n---", StringComparison.Ordinal);
        string head = rest[..end], after = rest[(end + 4)..];
        string body = after.StartsWith("\r\n", StringComparison.Ordinal) ? after[2..] : after.StartsWith('\n') ? after[1..] : after;
        return new IndependentDossier(head.TrimStart().StartsWith('{') ? JsonNode.Parse(head)!.AsObject() : Yaml(head), body);
    }

    public bool IsSkill => FrontMatter["metadata"] is JsonObject metadata && metadata.Any(member => member.Key.StartsWith("dossier.", StringComparison.Ordinal));

    /// <summary>The signature object.</summary>
    public JsonObject Signature => (IsSkill ? JsonNode.Parse(FrontMatter["metadata"]!["dossier.signature"]!.GetValue<string>()) : FrontMatter["signature"])!.AsObject();

    /// <summary>The value of a field, wherever it is kept.</summary>
    public JsonNode? Field(string name)
    {
        if (!IsSkill)
        {
            return FrontMatter[name];
        }

        string? text = FrontMatter["metadata"]![$"dossier.{name}"]?.GetValue<string>();
        try
        {
            return text is null ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>What is signed, by what the signature says that it covers.</summary>
    public byte[] Payload => System.Text.Encoding.UTF8.GetBytes((Signature["covers"]?.GetValue<string>(), IsSkill) switch
    {
        (null, false) => Body,
        ("frontmatter+body", false) => $"dossier-signature-v2\n{Canonical(Without(FrontMatter, "signature"))}\n{Body}",
        ("spec-frontmatter+body", true) => $"dossier-signature-v3\n{Canonical(Unsigned())}\n{Body}",
        _ => throw new InvalidDataException("nobody knows what is covered"),
    });

    private JsonObject Unsigned()
    {
        JsonObject copy = FrontMatter.DeepClone().AsObject();
        copy["metadata"] = Without(copy["metadata"]!.AsObject(), "dossier.signature");
        return copy;
    }

    private static JsonObject Without(JsonObject from, string name) => new(from.Where(member => member.Key != name).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject map => $"{{{string.Join(',', map.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{Quoted(member.Key)}:{Canonical(member.Value)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(Canonical))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Quoted(value.GetValue<string>()),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.GetValue<double>().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        null => "null",
        _ => node.ToJsonString(),
    };

    // JSON.stringify writes these as they are; .NET's encoder does not.
    private static string Quoted(string text) => string.Concat(text.Select(c => c is '"' or '\\' or < ' ' ? JsonSerializer.Serialize(c.ToString(), Plain)[1..^1] : c.ToString())) is var inner ? $"\"{inner}\"" : "";

    private static JsonObject Yaml(string head)
    {
        Dictionary<object, object> map = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(head);
        return Map(map);
    }

    private static JsonObject Map(Dictionary<object, object> map) => new(map.Select(pair => KeyValuePair.Create((string)pair.Key, pair.Value is Dictionary<object, object> inner ? Map(inner) : (JsonNode?)JsonValue.Create((string)pair.Value))));
}
