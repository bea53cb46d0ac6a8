using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;

namespace OfflineKit.Exports;

/// <summary>StellaOps' Export Center bundle.</summary>
/// <remarks>The steps are those of docs/spec/exports.md §6.</remarks>
internal sealed class ExportCenter : ExportLayout
{
    private const string List = "manifests/export.json", Provenance = "manifests/provenance.json", DetachedProvenance = "manifests/provenance.dsse.json";

    /// <inheritdoc/>
    public override string Name => "export-center";

    /// <inheritdoc/>
    public override string Title => "StellaOps Export Center bundle";

    /// <inheritdoc/>
    public override string Mark => List;

    /// <inheritdoc/>
    public override string OpenQuestions =>
        "the manifest's schema is published in part; the spelling of digests, the details of rerunHash, the form of tombstones and where the provenance is signed are the stellaops profile (OfflineKit)";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => inventory.Find(List) is not null;

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 The manifest.
        if (export.Read("2-manifest", List, CenterManifest.Parse) is not { } manifest)
        {
            return;
        }

        export.Found.Passed("2-manifest", $"export {manifest.ExportId}, {manifest.Files.Count} files, generated {UtcText.Seconds(manifest.GeneratedAt)} by its own account");
        Digest digest = export.Inventory.Find(List)!.Sha256;
        export.Version = new ExportVersion($"{Name} {manifest.Tenant} {manifest.Profile}", manifest.ExportId, [manifest.GeneratedAt.ToUnixTimeSeconds()], digest);

        // 3 The provenance: signed, and about this manifest.
        string envelope = export.Inventory.Find(DetachedProvenance) is null ? Provenance : DetachedProvenance;
        if (SignedStatement.Verify("3-provenance", envelope, export) is { } statement)
        {
            statement.RequirePredicateType("3-provenance", StatementTypes.Provenance, export);
            statement.RequireSubject("3-provenance", List, ExportReasons.SubjectMismatch, export);
            AccountForText(statement, export);
        }

        // 4 Every listed file, and nothing else. 5 The digest of all digests.
        export.Compare("4-files", "4-nothing-else", manifest.Files);
        RequireRerunHash(manifest, export);

        // 6 What a delta builds on and takes away.
        CenterDelta.Verify("6-delta", manifest, export);
    }

    // The statement may lie there as a text as well; then it is exactly what was signed, or a file that nobody signed.
    private static void AccountForText(SignedStatement statement, ExportVerification export)
    {
        if (statement.Path == DetachedProvenance && export.Inventory.Control(Provenance) is { } text && text.Span.SequenceEqual(statement.Payload.Raw.Span))
        {
            export.Accounted.Add(Provenance);
        }
    }

    private static void RequireRerunHash(CenterManifest manifest, ExportVerification export)
    {
        if (manifest.RerunHash is not { } named)
        {
            export.Found.NotEvaluated("5-rerun-hash", "the manifest names none");
            return;
        }

        Digest computed = Digest.Sha256(Utf8Text.Encode(string.Join('\n', manifest.Files.Values.Select(file => file.Digests[0].ToString()).Order(StringComparer.Ordinal))));
        if (computed.Equals(named))
        {
            export.Found.Passed("5-rerun-hash", $"{computed} over {manifest.Files.Count} digests");
        }
        else
        {
            export.Found.Failed("5-rerun-hash", ExportReasons.RerunHash.Because($"the manifest says {named}, its digests give {computed}"));
        }
    }
}

/// <summary>manifests/export.json.</summary>
internal sealed record CenterManifest(
    string ExportId, string Tenant, string Profile, DateTimeOffset GeneratedAt, Dictionary<string, ListedFile> Files, Digest? RerunHash, JsonValue? Delta)
{
    private const string Schema = "https://stellaops.io/export-center/manifest/v1alpha2";
    private static readonly ImmutableArray<string> Kinds = ["json", "trivy", "mirror", "devportal", "attestation"];
    private static readonly ImmutableArray<string> Variants = ["raw", "policy", "db", "java-db", "full", "delta", "offline", "bundle"];

    /// <summary>The manifest in <paramref name="content"/>; unknown members at its top are ignored, because the schema is published in part.</summary>
    public static CenterManifest Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue json = StrictJson.ParseObject(content, "export.json");
        string version = json.String("version");
        if (json.String("schema") != Schema || !version.StartsWith("1.1.", StringComparison.Ordinal) || ExportVersion.Dotted(version, "export.json.version").Length != 3)
        {
            throw new MalformedException(ExportReasons.UnsupportedSchema, $"schema \"{json.String("schema")}\" {version}, wanted {Schema} 1.1.N");
        }

        JsonValue profile = json.Object("profile");
        profile.RefuseOtherMembers("kind", "variant", "name", "revision");
        string kind = OneOf(profile["kind"], Kinds), variant = OneOf(profile["variant"], Variants);
        _ = json.Object("selectors");
        Dictionary<string, ListedFile> files = ListedFiles.ByPath(json.Array("contents"), entry =>
            new ListedFile(entry.String("path"), ListedFiles.Size(entry["bytes"]), ListedFiles.Prefixed(entry["digest"])));
        return new CenterManifest(
            Id(json["exportId"]), json.String("tenant"), $"{kind}/{variant}/{profile.String("name")}", Rfc3339.Parse(json.String("generatedAt"), "export.json.generatedAt"), files,
            json.Optional("rerunHash") is { } hash ? ListedFiles.Prefixed(hash) : null, json.Optional("delta"));
    }

    private static string OneOf(JsonValue value, ImmutableArray<string> known) =>
        known.Contains(value.Text, StringComparer.Ordinal) ? value.Text : throw value.Wanted($"one of {string.Join(", ", known)}");

    private static string Id(JsonValue value) => value.Text.Length is >= 6 and <= 64 && value.Text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        ? value.Text
        : throw value.Wanted("6 to 64 lower-case letters, digits and hyphens");
}

/// <summary>The delta part of an Export Center manifest.</summary>
internal static class CenterDelta
{
    /// <summary>The base is the one that the manifest names, and nothing that was taken away is here.</summary>
    public static void Verify(string step, CenterManifest manifest, ExportVerification export)
    {
        if (manifest.Delta is not { } delta)
        {
            return;
        }

        Result<Digest> named = Result.Parse(ExportReasons.ManifestMalformed, () => ListedFiles.Prefixed(delta["baseManifestDigest"]));
        Result<string[]> tombstones = Result.Parse(ExportReasons.ManifestMalformed, () => delta.Optional("tombstones") is { } list ? [.. list.Elements.Select(Path)] : Array.Empty<string>());
        if ((named.Finding ?? tombstones.Finding) is { } finding)
        {
            export.Found.Failed(step, finding);
            return;
        }

        if (tombstones.Value!.FirstOrDefault(path => manifest.Files.ContainsKey(path) || export.Inventory.Find(path) is not null) is { } alive)
        {
            export.Found.Failed(step, ExportReasons.TombstonePresent.Because($"\"{alive}\" is taken away and there"));
        }

        Digest? given = export.Companion(DetachedFiles.BaseManifest) is { } content ? Digest.Sha256(content.Span) : null;
        if (given is null)
        {
            export.Found.NotEvaluated(step, $"the base manifest {named.Value} was not given");
        }
        else if (given.Equals(named.Value))
        {
            export.Found.Passed(step, $"the delta builds on the given manifest, {given}; {tombstones.Value!.Length} files are taken away");
        }
        else
        {
            export.Found.Failed(step, ExportReasons.BaseMismatch.Because($"the delta builds on {named.Value}, the given manifest is {given}"));
        }
    }

    // Our profile: a path, or an object with a path.
    private static string Path(JsonValue value) => value.Kind == JsonKind.Object ? value.String("path") : value.Text;
}
