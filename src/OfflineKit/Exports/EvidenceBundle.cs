using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;

namespace OfflineKit.Exports;

/// <summary>StellaOps' evidence bundles: a checksum list that lists every file, and a signed statement about that list.</summary>
/// <remarks>The steps are those of docs/spec/exports.md §9; the two kinds differ in the names of list and statement.</remarks>
internal sealed class EvidenceBundle : ExportLayout
{
    private readonly string _list;
    private readonly Func<ExportInventory, ImmutableArray<string>> _envelopes;

    private EvidenceBundle(string name, string title, string mark, string list, Func<ExportInventory, ImmutableArray<string>> envelopes) =>
        (Name, Title, Mark, _list, _envelopes) = (name, title, mark, list, envelopes);

    /// <summary>The locker's bundle: signature.json over checksums.txt.</summary>
    public static EvidenceBundle Locker { get; } = new("evidence-locker", "StellaOps evidence-locker bundle", "signature.json", "checksums.txt", _ => ["signature.json"]);

    /// <summary>The evidence export: attestations over checksums.sha256.</summary>
    public static EvidenceBundle Export { get; } = new(
        "evidence-export", "StellaOps evidence export", "attestations/*.dsse.json", "checksums.sha256",
        inventory => [.. inventory.ControlPaths.Where(IsAttestation)]);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Title { get; }

    /// <inheritdoc/>
    public override string Mark { get; }

    /// <inheritdoc/>
    public override string OpenQuestions =>
        "what the statement's subject is changed under one version, and where an RFC 3161 token lies is not published; the stellaops profile (OfflineKit) takes the SHA-256 of the checksum list, evaluates no token, and keys inside the bundle are never trust";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => inventory.Find(_list) is not null && _envelopes(inventory) is [var first, ..] && inventory.Find(first) is not null;

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 The list; 3 sorted, because it is the signed subject.
        if (export.Read("2-list", _list, content => ChecksumList.Parse(content.Span, _list)) is not { } list)
        {
            return;
        }

        export.Found.Passed("2-list", $"{_list} lists {list.Files.Count} files");
        if (list.FirstOutOfOrder is { } early)
        {
            export.Found.Failed("3-canonical", ExportReasons.NotCanonical.Because($"\"{early}\" stands behind a path that sorts after it"));
        }

        if (list.Root is { } root && !root.Equals(export.Inventory.Find("manifest.json")?.Sha256))
        {
            export.Found.Failed("3-canonical", ExportReasons.RootMismatch.Because($"manifest.json is {export.Inventory.Find("manifest.json")?.Sha256.ToString() ?? "not there"}, the root line says {root}"));
        }

        // 4 A signed statement whose subject is the list.
        ImmutableArray<string> envelopes = _envelopes(export.Inventory);
        export.Accounted.UnionWith(list.Root is null ? envelopes : envelopes.Add("manifest.json"));
        RequireStatement(envelopes, list, export);

        // 5 Every file, and nothing else.
        export.Compare("5-files", "6-nothing-else", list.Files);
    }

    // Listed attestations about other things are files like any other; the one about the list must be found and be signed.
    private void RequireStatement(ImmutableArray<string> envelopes, ChecksumList list, ExportVerification export)
    {
        Digest digest = export.Inventory.Find(_list)!.Sha256;
        ImmutableArray<string> candidates = [.. envelopes.Where(path => !list.Files.ContainsKey(path))];
        foreach (string path in candidates)
        {
            if (SignedStatement.Verify("4-statement", path, export) is not { } statement)
            {
                continue;
            }

            statement.RequirePredicateType("4-statement", StatementTypes.Evidence, export);
            if (statement.RefusalOf(_list, ExportReasons.PayloadNotBound, export) is { } finding)
            {
                export.Found.Failed("4-binding", finding);
            }
        }

        if (candidates.IsEmpty)
        {
            export.Found.Failed("4-statement", ExportReasons.SignatureMissing.Because($"no statement about {_list} lies beside the listed files"));
        }
        else if (export.Found.IsClean)
        {
            export.Found.Passed("4-binding", $"{_list} is the subject, {digest}");
        }
    }

    private static bool IsAttestation(string path) => path.StartsWith("attestations/", StringComparison.Ordinal) && path != StellaBundle.Envelope;
}

/// <summary>StellaOps' <c>.stella.bundle.tgz</c>.</summary>
internal sealed class StellaBundle : ExportLayout
{
    /// <summary>Where the statement lies.</summary>
    public const string Envelope = "attestations/bundle.dsse.json";

    private const string List = "manifest.json";

    /// <inheritdoc/>
    public override string Name => "stella-bundle";

    /// <inheritdoc/>
    public override string Title => "StellaOps evidence bundle (.stella.bundle.tgz)";

    /// <inheritdoc/>
    public override string Mark => Envelope;

    /// <inheritdoc/>
    public override string OpenQuestions => "how root_hash is built is not published, so it binds nothing; the stellaops profile (OfflineKit) wants the SHA-256 of manifest.json as a subject";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => inventory.Find(Envelope) is not null;

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 The manifest.
        if (export.Read("2-manifest", List, Parse) is not { } files)
        {
            return;
        }

        export.Found.Passed("2-manifest", $"{files.Count} entries");

        // 3 The statement. 4 Its binding to the manifest.
        if (SignedStatement.Verify("3-signature", Envelope, export) is { } statement)
        {
            statement.RequirePredicateType("4-binding", StatementTypes.Evidence, export);
            statement.RequireSubject("4-binding", List, ExportReasons.PayloadNotBound, export);
        }

        // 5 Every file. 6 Nothing else.
        export.Compare("5-files", "6-nothing-else", files);
    }

    private static Dictionary<string, ListedFile> Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue json = StrictJson.ParseObject(content, List);
        _ = json["bundle_format_version"];
        _ = json.String("bundle_id");
        return ListedFiles.ByPath(json.Array("entries"), entry => new ListedFile(entry.String("path"), ListedFiles.Size(entry["size"]), ListedFiles.Prefixed(entry["hash"])));
    }
}
