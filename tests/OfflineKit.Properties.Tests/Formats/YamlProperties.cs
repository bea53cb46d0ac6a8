using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OfflineKit.Host.Policies;
using DossierScalar = OfflineKit.Formats.Dossier.YamlScalar;

namespace OfflineKit.Properties.Tests.Formats;

/// <summary>YAML of policies and dossiers.</summary>
public sealed class YamlProperties
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf(Texts.Any.Select(text => (JsonNode?)JsonValue.Create(text)), Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)), Gen.Bool.Select(bit => (JsonNode?)JsonValue.Create(bit)), Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> Trees = Gen.Recursive<JsonNode?>((depth, deeper) => depth > 3 ? Scalars : Gen.OneOf(
        Scalars,
        deeper.Array[1, 4].Select(parts => (JsonNode?)new JsonArray([.. parts.Select(part => part?.DeepClone())])),
        Gen.Select(Texts.Any, deeper).Array[1, 4].Select(members => (JsonNode?)new JsonObject(members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create(member.Item1, member.Item2?.DeepClone()))))));

    /// <summary>Catches: a policy in YAML that demands something else than the same policy in JSON.</summary>
    [Fact]
    public void What_is_written_in_blocks_is_read_as_it_was_meant() => Property.Holds(Trees.Where(tree => tree is JsonObject or JsonArray), tree =>
        JsonNode.DeepEquals(tree, JsonNode.Parse(YamlDocument.ToJson(System.Text.Encoding.UTF8.GetBytes(Block(tree, "")), "yaml").Span)));

    /// <summary>Catches: a plain text that some reader of YAML takes for a number, a truth value or nothing, and we for text.</summary>
    [Fact]
    public void A_plain_scalar_that_we_take_for_text_is_text_to_the_old_rules() => Property.Holds(
        Texts.OneOf("y", "No", "on", "true", "NULL", "~", "0", "12", "1.5", "0x1f", "0o17", "1_000", "-3", "+1", ".inf", ".NaN", "2026-11-30", "12:30", "a", "b-c", "<<", "=", "_", "e3", "").Array[1, 2].Select(string.Concat),
        text => YamlScalar.KindOf(text, YamlDotNet.Core.ScalarStyle.Plain) != YamlScalar.Kind.Text || !IsSomethingElse(text));

    /// <summary>Catches: a title of a dossier that is signed in one form and shown in another.</summary>
    [Fact]
    public void A_quoted_text_of_a_dossier_is_read_back() => Property.Holds(Gen.Select(Texts.Any.Where(text => !text.Any(char.IsControl)), Texts.OneOf("", " # comment", ": x")), (text, behind) =>
        DossierScalar.Read(JsonSerializer.Serialize(text) + behind, "line", out ReadOnlySpan<char> rest) == text && rest.SequenceEqual(behind)
        && DossierScalar.Read(JsonSerializer.Serialize(text, Relaxed) + behind, "line", out _) == text
        && DossierScalar.Read($"'{text.Replace("'", "''", StringComparison.Ordinal)}'{behind}", "line", out rest) == text && rest.SequenceEqual(behind));

    private static string Block(JsonNode? node, string indent) => node switch
    {
        JsonObject members => string.Concat(members.Select(member => $"{indent}{JsonSerializer.Serialize(member.Key)}:{Below(member.Value, indent)}")),
        JsonArray list => string.Concat(list.Select(part => $"{indent}-{Below(part, indent)}")),
        _ => indent + JsonSerializer.Serialize(node) + "\n",
    };

    private static string Below(JsonNode? node, string indent) => node is JsonObject or JsonArray ? "\n" + Block(node, indent + "  ") : " " + JsonSerializer.Serialize(node) + "\n";

    // The types of YAML 1.1: bool, null, int, float, timestamp, merge and value.
    private static bool IsSomethingElse(string text) => System.Text.RegularExpressions.Regex.IsMatch(
        text, @"\A(~|null|y|n|yes|no|true|false|on|off|<<|=|[-+]?[0-9][0-9_]*|[-+]?0[xob][0-9a-f_]+|[-+]?([0-9][0-9_]*)?\.[0-9_]*(e[-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+|[-+]?\.(inf|nan)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|)\z", System.Text.RegularExpressions.RegexOptions.IgnoreCase | System.Text.RegularExpressions.RegexOptions.NonBacktracking);
}
