using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OfflineKit.Release;

/// <summary>Where the release comes from: what was built, of what, how to repeat it.</summary>
/// <remarks>Source: SLSA provenance v1 in an in-toto statement v1. Without times: the same sources give the same statement.</remarks>
internal static class Provenance
{
    /// <summary>How a release is built; the page of the project that says so.</summary>
    public const string BuildType = "https://offlinekit.dev/release/v1";

    /// <summary>The statement in JSON.</summary>
    /// <param name="version">The release's version.</param>
    /// <param name="commit">The commit that it was built from, in hex.</param>
    /// <param name="files">Name and SHA-256 of every file that it speaks of.</param>
    /// <param name="components">What the programs are built of.</param>
    public static string Of(string version, string commit, IEnumerable<(string Name, string Sha256)> files, IEnumerable<Component> components)
    {
        ImmutableArray<JsonNode> materials =
        [
            new JsonObject { ["uri"] = "git+https://offlinekit.dev/offlinekit", ["digest"] = new JsonObject { ["gitCommit"] = commit } },
            .. components.DistinctBy(component => component.Purl, StringComparer.Ordinal).OrderBy(component => component.Purl, StringComparer.Ordinal).Select(component =>
                new JsonObject { ["uri"] = component.Purl, ["digest"] = new JsonObject { [component.Algorithm.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()] = component.Digest } }),
        ];
        return ReleaseJson.Text(new JsonObject
        {
            ["_type"] = "https://in-toto.io/Statement/v1",
            ["subject"] = new JsonArray([.. files.Select(file => new JsonObject { ["name"] = file.Name, ["digest"] = new JsonObject { ["sha256"] = file.Sha256 } })]),
            ["predicateType"] = "https://slsa.dev/provenance/v1",
            ["predicate"] = new JsonObject
            {
                ["buildDefinition"] = new JsonObject
                {
                    ["buildType"] = BuildType,
                    ["externalParameters"] = new JsonObject { ["version"] = version, ["command"] = "./build.sh release" },
                    ["resolvedDependencies"] = new JsonArray([.. materials]),
                },
                ["runDetails"] = new JsonObject { ["builder"] = new JsonObject { ["id"] = "https://offlinekit.dev/builder/by-hand" } },
            },
        });
    }
}
