using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OfflineKit.Signing.Tests.Dossier;

/// <summary>Fifty-seven dossiers of the form that a content repository publishes: 51 under v2, 6 under v1, all JSON, all with the raw key.</summary>
internal static class ContentDossiers
{
    public const int Total = 57, OfBodyAlone = 6;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private static readonly string[] Risks = ["low", "medium", "high", "critical"];

    private static readonly string[] Bodies =
    [
        "# Steps\n\n1. Look.\n2. Do.\n", "\n# Begins with a blank line\n", "# Windows\r\n\r\n1. Look.\r\n", "# No end", "", "text\n\n---\nmore after a rule\n", "Grüße, 東京, 🚀\n", "```yaml\n---\na: 1\n```\n",
    ];

    /// <summary>The dossier number <paramref name="index"/>, signed by <paramref name="team"/>.</summary>
    public static string Signed(DossierTeam team, int index)
    {
        JsonObject fields = Fields(index);
        string body = Bodies[index % Bodies.Length];
        fields["checksum"] = new JsonObject { ["algorithm"] = "sha256", ["hash"] = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body))) };
        JsonObject signature = new() { ["algorithm"] = "ed25519", ["signature"] = "", ["public_key"] = team.TrustedLine.Split(' ')[0], ["signed_at"] = "2026-07-26T12:48:43.605Z" };
        if (index >= OfBodyAlone)
        {
            signature["covers"] = "frontmatter+body";
        }

        signature["key_id"] = "the-team";
        signature["signed_by"] = "The Team <team@example.org>";
        fields["signature"] = signature;
        signature["signature"] = Convert.ToBase64String(team.Sign(IndependentDossier.Read(Text(fields, body)).Payload));
        return Text(fields, body);
    }

    private static string Text(JsonObject fields, string body) => $"---dossier\n{fields.ToJsonString(Indented)}\n---\n{body}";

    private static JsonObject Fields(int index)
    {
        JsonObject fields = new()
        {
            ["dossier_schema_version"] = "1.0.0",
            ["name"] = $"dossier-{index}",
            ["title"] = $"Dossier {index}: \"what\" & <why>, it's",
            ["version"] = $"1.{index}.0",
            ["protocol_version"] = "1.0",
            ["status"] = "Stable",
            ["last_updated"] = "2026-07-26",
            ["objective"] = "Triage an issue; 'quoted': yes # no comment",
            ["category"] = new JsonArray("skills"),
            ["tags"] = new JsonArray("b", "a", "ü"),
            ["risk_level"] = Risks[index % Risks.Length],
            ["requires_approval"] = index % 2 == 0,
            ["estimated_duration"] = new JsonObject { ["max_minutes"] = 30, ["min_minutes"] = 0.5 },
            ["authors"] = new JsonArray(new JsonObject { ["name"] = "Ada Ä. 🚀", ["email"] = null }),
        };
        (string Name, JsonNode? Value)[] rarer =
        [
            ("description", "Assess and route: use when somebody says 'triage'"), ("license", "MIT"), ("empty", ""), ("looks_like_json", "{not json"), ("looks_like_number", "1.0"),
            ("tab", "a\tb\nc"), ("nested", new JsonObject { ["z"] = new JsonArray(1, new JsonObject { ["b"] = 2, ["a"] = 1 }), ["Z"] = null }), ("yes", "no"), ("odd key: x", " blank "),
        ];
        (string name, JsonNode? value) = rarer[index % rarer.Length];
        fields[name] = value;
        return fields;
    }
}
