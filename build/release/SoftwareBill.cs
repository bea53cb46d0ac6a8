using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OfflineKit.Release;

/// <summary>The bill of materials of one program on one platform.</summary>
/// <remarks>Source: CycloneDX 1.6, ECMA-424. No time and no random number in it: the same release has the same bill.</remarks>
internal static class SoftwareBill
{
    /// <summary>The bill in JSON, with a final line feed.</summary>
    /// <param name="program">The program's file name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="platform">Its runtime identifier.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="components">What is in it.</param>
    public static string Of(string program, string version, string platform, ReadOnlySpan<byte> content, ImmutableArray<Component> components)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(content)), self = $"pkg:generic/{program}@{version}?platform={platform}";
        JsonArray parts = [.. components.OrderBy(component => component.Purl, StringComparer.Ordinal).Select(Node)];
        JsonObject bill = new()
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["serialNumber"] = $"urn:uuid:{Identifier(digest)}",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "application",
                    ["bom-ref"] = self,
                    ["name"] = program,
                    ["version"] = version,
                    ["licenses"] = Licences("Apache-2.0"),
                    ["purl"] = self,
                    ["hashes"] = Hashes("SHA-256", digest),
                },
            },
            ["components"] = parts,
            ["dependencies"] = new JsonArray(new JsonObject
            {
                ["ref"] = self,
                ["dependsOn"] = new JsonArray([.. components.Select(component => component.Purl).Order(StringComparer.Ordinal).Select(purl => (JsonNode)purl)]),
            }),
        };
        return ReleaseJson.Text(bill);
    }

    private static JsonObject Node(Component component) => new()
    {
        ["type"] = "library",
        ["bom-ref"] = component.Purl,
        ["name"] = component.Name,
        ["version"] = component.Version,
        ["hashes"] = Hashes(component.Algorithm, component.Digest),
        ["licenses"] = Licences(component.Licence),
        ["purl"] = component.Purl,
    };

    private static JsonArray Hashes(string algorithm, string digest) => new(new JsonObject { ["alg"] = algorithm, ["content"] = digest });

    // What is no SPDX expression is a name.
    private static JsonArray Licences(string licence) => licence.Contains("://", StringComparison.Ordinal) || licence.Contains("file ", StringComparison.Ordinal)
        ? new JsonArray(new JsonObject { ["license"] = new JsonObject { ["name"] = licence } })
        : new JsonArray(new JsonObject { ["expression"] = licence });

    // A UUID of version 8 (RFC 9562, section 5.8): made of the program's digest.
    private static string Identifier(string digest) => $"{digest[..8]}-{digest[8..12]}-8{digest[13..16]}-8{digest[17..20]}-{digest[20..32]}";
}
