using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;

namespace OfflineKit.Exports;

/// <summary>StellaOps' offline update kit.</summary>
/// <remarks>The steps are those of docs/spec/exports.md §4, in the order of the published table.</remarks>
internal sealed class UpdateKit : ExportLayout
{
    private const string LayoutName = "offline-update-kit", List = "manifest.json", Payload = "payload.tar.zst", PayloadSum = "payload.tar.zst.sha256", Envelope = "statement.dsse.json", Receipt = "rekor-receipt.json";
    private const string PredicateType = "https://stella-ops.org/attestations/offline-update/1";
    private static readonly ImmutableArray<string> Five = [List, Payload, PayloadSum, Envelope, Receipt];

    /// <inheritdoc/>
    public override string Name => LayoutName;

    /// <inheritdoc/>
    public override string Title => "StellaOps offline update kit";

    /// <inheritdoc/>
    public override string Mark => Payload;

    /// <inheritdoc/>
    public override string OpenQuestions =>
        "which file offline_manifest_sha256 names, the form of the .sha256 file and the order of versions are not published; the stellaops profile (OfflineKit) is applied";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [Demand.LogKey];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => inventory.Find(Payload) is not null;

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 Exactly the five files.
        ImmutableArray<string> missing = [.. Five.Where(name => export.Inventory.Find(name) is null)];
        if (!missing.IsEmpty)
        {
            export.Found.Failed("2-five-files", ExportReasons.KitIncomplete.Because($"{string.Join(", ", missing)} is not there"));
            return;
        }

        export.Accounted.UnionWith(Five);
        export.Found.Passed("2-five-files", "the five files of a kit are there");

        // 3 The manifest.
        if (export.Read("3-manifest", List, UpdateManifest.Parse) is not { } manifest)
        {
            return;
        }

        export.Found.Passed("3-manifest", $"version {manifest.Version}, {manifest.Entries.Count} entries, created {UtcText.Seconds(manifest.CreatedAt)} by its own account");
        export.Version = new ExportVersion(Name, manifest.Version, [manifest.CreatedAt.ToUnixTimeSeconds()], export.Inventory.Find(List)!.Sha256);

        // 4 The payload's digest. 5 What is in it.
        RequirePayload(manifest, export);
        RequireEntries(manifest, export);

        // 6 The statement. 7 Its binding to the payload.
        if (SignedStatement.Verify("6-statement", Envelope, export) is { } statement)
        {
            statement.RequirePredicateType("6-statement", [PredicateType], export);
            Bind(statement, manifest, export);
        }

        // 8 The receipt. 9 and 10 What lies beside the kit.
        RekorReceipt.Verify("8-receipt", Receipt, Envelope, export);
        ArchiveSignature.Verify(manifest.PayloadDigest, export);

        // 11 Nothing else; last, because a receipt may name a checkpoint file.
        export.RefuseOthers("11-nothing-else", ImmutableDictionary<string, ListedFile>.Empty);
    }

    private static void RequirePayload(UpdateManifest manifest, ExportVerification export)
    {
        Digest payload = export.Inventory.Find(Payload)!.Sha256;
        if (!payload.Equals(manifest.PayloadDigest))
        {
            export.Found.Failed("4-payload", ExportReasons.DigestMismatch.Because($"{Payload} is {payload}, the manifest says {manifest.PayloadDigest}"));
        }

        Digest? listed = export.Read("4-payload", PayloadSum, content => PayloadDigest(content));
        if (listed is not null && !payload.Equals(listed))
        {
            export.Found.Failed("4-payload", ExportReasons.DigestMismatch.Because($"{Payload} is {payload}, {PayloadSum} says {listed}"));
        }
        else if (listed is not null && payload.Equals(manifest.PayloadDigest))
        {
            export.Found.Passed("4-payload", $"{Payload} is {payload}, as the manifest and {PayloadSum} say");
        }
    }

    // Our profile: one line, HEX or HEX  NAME.
    private static Digest PayloadDigest(ReadOnlyMemory<byte> content)
    {
        string text = Utf8Text.DecodePrintable(content.Span.TrimEnd("\n"u8), PayloadSum);
        string[] words = text.Split("  ");
        return words.Length == 1 || (words.Length == 2 && words[1] == Payload)
            ? Digest.FromHex(DigestAlgorithm.Sha256, words[0], PayloadSum)
            : throw new MalformedException($"{PayloadSum}: wanted HEX or HEX  {Payload}");
    }

    private static void RequireEntries(UpdateManifest manifest, ExportVerification export)
    {
        Result<ExportInventory> inside = export.Inventory.Nested(Payload);
        if (inside.Value is { } inventory)
        {
            export.Inside(inventory).Compare("5-entries", "5-no-other-entries", manifest.Entries);
        }
        else
        {
            export.Found.Failed("5-entries", inside.Finding! with { Detail = $"{Payload}: {inside.Finding!.Detail}" });
        }
    }

    private static void Bind(SignedStatement statement, UpdateManifest list, ExportVerification export)
    {
        Result<Digest> named = Result.Parse(ExportReasons.ManifestMalformed, () => ListedFiles.Hex(statement.Payload.Object("predicate")["offline_manifest_sha256"]));
        if (named.Value is not { } digest)
        {
            export.Found.Failed("7-binding", named.Finding!);
            return;
        }

        // (a) an archive that holds the statement cannot be its subject, so it is not demanded; (b) the predicate names the manifest that lists the payload.
        Digest? archive = export.Inventory.ArchiveDigest;
        Digest manifest = export.Inventory.Find(List)!.Sha256;
        Digest? beside = export.Request.DetachedFiles.Digest(DetachedFiles.OfflineManifest);
        if (beside is not null && !digest.Equals(beside) && !digest.Equals(manifest))
        {
            export.Found.Failed("7-binding", ExportReasons.ManifestMismatch.Because($"the statement names {digest}; manifest.json is {manifest}, offline-manifest.json {beside}"));
        }
        else if (digest.Equals(manifest))
        {
            export.Found.Passed("7-binding", $"the statement names {List}, which lists the payload");
            export.Found.Proved(new StatesVersion(LayoutName, list.Version, List), Envelope);
        }
        else if (beside is not null && digest.Equals(beside))
        {
            // The payload is bound; version and time of manifest.json are anybody's.
            export.Found.Passed("7-binding", "the statement names offline-manifest.json, which lists the payload");
            export.Found.Noted("note.version-unsigned", $"the statement does not name {List}: its version {list.Version} is signed by nobody, and no import goes by it");
            export.Version = null;
        }
        else if (archive is null || statement.RefusalOf(archive) is not null)
        {
            export.Found.Failed("7-binding", ExportReasons.PayloadNotBound.Because($"the statement names {digest}; manifest.json is {manifest}, and no archive was given that is a subject"));
        }
        else
        {
            export.Found.Passed("7-binding", $"the archive is a subject of the statement, {archive}");
            export.Found.Proved(new StatesVersion(LayoutName, list.Version, List), Envelope);
        }
    }
}

/// <summary>manifest.json of an update kit.</summary>
internal sealed record UpdateManifest(string Version, DateTimeOffset CreatedAt, Dictionary<string, ListedFile> Entries, Digest PayloadDigest)
{
    /// <summary>The manifest in <paramref name="content"/>; further members are ignored, since the description may be cut.</summary>
    public static UpdateManifest Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue manifest = StrictJson.ParseObject(content, "manifest.json");
        Dictionary<string, ListedFile> entries = ListedFiles.ByPath(manifest.Array("entries"), entry =>
            new ListedFile(entry.String("name"), ListedFiles.Size(entry["size"]), ListedFiles.Hex(entry["sha256"])));
        DateTimeOffset createdAt = Rfc3339.Parse(manifest.String("created_at"), "manifest.json.created_at");
        return new UpdateManifest(manifest.String("version"), createdAt, entries, ListedFiles.Hex(manifest["payload_sha256"]));
    }
}
