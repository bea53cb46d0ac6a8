using System.Text.Json;
using OfflineKit.Host.Batches;

namespace OfflineKit.Host.Results;

/// <summary>What is not trusted, as SARIF 2.1.0.</summary>
/// <remarks>Source: OASIS SARIF 2.1.0, sections 3.13 (run), 3.27 (result), 3.49 (rule).</remarks>
internal static class SarifFile
{
    private const int FlushAt = 64 * 1024;

    /// <summary>Writes the log.</summary>
    public static void Write(Stream output, ResultSet results)
    {
        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        ResultRow[] rules = [.. results.Facts.Examples.Values];
        json.WriteStartObject();
        json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        Tool(json, results.Header.Engine, rules);
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", results.Summary.IsComplete);
        json.WriteString("startTimeUtc", results.Header.StartedAt);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteStartArray("policies");
        foreach (string policy in results.Policies)
        {
            json.WriteStringValue(policy);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("results");
        foreach (ResultRow row in results.Refused)
        {
            Result(json, row, Array.FindIndex(rules, rule => rule.Result.Reason == row.Result.Reason));
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Tool(Utf8JsonWriter json, string version, ResultRow[] rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "offlinekit");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (ResultRow example in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", example.Result.Reason);
            Text(json, "shortDescription", example.Meaning);
            Text(json, "help", example.NextStep);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter json, ResultRow row, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", row.Result.Reason);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", row.Result.Status == BatchResult.Invalid ? "error" : "warning");
        Text(json, "message", row.Result.Detail.Length > 0 ? row.Result.Detail : row.Meaning);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Reference(row.Result.Path));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A colon in the first part would read as a scheme; a backslash is a part of a name where the system says so.
    private static string Reference(string path) =>
        (path.StartsWith('/') ? "file://" : "") + string.Join('/', path.Replace(Path.DirectorySeparatorChar, '/').Split('/').Select(Uri.EscapeDataString));

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
