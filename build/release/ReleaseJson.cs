using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OfflineKit.Release;

/// <summary>How the release writes JSON: indented, line feeds, one at the end.</summary>
internal static class ReleaseJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of <paramref name="node"/>.</summary>
    public static string Text(JsonNode node) => node.ToJsonString(Options) + "\n";
}
