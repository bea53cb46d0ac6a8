using System.Text.Json;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>Real reports have the form that docs/report.schema.json promises, checked by the few keywords that the schema uses.</summary>
public sealed class ReportSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(Repository.Path("docs", "report.schema.json"))).RootElement;

    [Theory]
    [InlineData("verify export/tool-1.4.0.tar.gz --key keys/release.pub", true)]
    [InlineData("verify export/settings.conf --key keys/kms-release.pem", false)]
    [InlineData("verify export/policy.yaml --key keys/policy-signing.pem", true)]
    [InlineData("dossier verify export/rotate-password.ds.md --key keys/dossier-team.pem", true)]
    [InlineData("verify-export export --key keys/release.pub", false)]
    [InlineData("verify export/SHA256SUMS --key keys/kms-release.pem", false)]
    public void A_report_has_the_form_of_the_schema(string line, bool trusted)
    {
        Execution run = Client.Run([.. line.Split(' '), "--output", "json"], Repository.Path("tests", "demo"));
        JsonElement report = JsonDocument.Parse(run.Stdout).RootElement;
        List<string> faults = [];
        Check(report, Schema, "report", faults);
        Assert.Empty(faults);
        Assert.Equal(trusted, report.GetProperty("trusted").GetBoolean());
        Assert.Equal(trusted ? 0 : 1, run.ExitCode);
    }

    [Fact]
    public void The_check_can_fail()
    {
        List<string> faults = [];
        Check(JsonDocument.Parse("""{"version":2,"findings":[{"reason":"X"}],"more":1}""").RootElement, Schema, "report", faults);
        Assert.Contains(faults, fault => fault.Contains("version", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("trusted is missing", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("more", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("reason", StringComparison.Ordinal));
    }

    private static void Check(JsonElement value, JsonElement schema, string path, List<string> faults)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            schema = Schema.GetProperty("$defs").GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        if (schema.TryGetProperty("const", out JsonElement constant) && constant.GetRawText() != value.GetRawText())
        {
            faults.Add($"{path}: {value.GetRawText()}");
        }

        if (schema.TryGetProperty("enum", out JsonElement words) && !words.EnumerateArray().Any(word => word.GetString() == value.GetString()))
        {
            faults.Add($"{path}: {value.GetRawText()}");
        }

        if (schema.TryGetProperty("pattern", out JsonElement pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            faults.Add($"{path}: {value.GetRawText()}");
        }

        if (schema.TryGetProperty("type", out JsonElement type) && !IsOf(value, type.GetString()!))
        {
            faults.Add($"{path}: {value.ValueKind}, wanted {type.GetString()}");
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            CheckMembers(value, schema, path, faults);
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out JsonElement items))
        {
            foreach (JsonElement element in value.EnumerateArray())
            {
                Check(element, items, path + "[]", faults);
            }
        }
    }

    private static void CheckMembers(JsonElement value, JsonElement schema, string path, List<string> faults)
    {
        foreach (JsonElement name in schema.TryGetProperty("required", out JsonElement required) ? required.EnumerateArray() : default)
        {
            if (!value.TryGetProperty(name.GetString()!, out _))
            {
                faults.Add($"{path}.{name.GetString()} is missing");
            }
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out JsonElement known) && known.TryGetProperty(member.Name, out JsonElement inner))
            {
                Check(member.Value, inner, $"{path}.{member.Name}", faults);
            }
            else if (schema.TryGetProperty("additionalProperties", out JsonElement others) && others.ValueKind == JsonValueKind.False)
            {
                faults.Add($"{path}.{member.Name} is unknown");
            }
        }
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => false,
    };
}
