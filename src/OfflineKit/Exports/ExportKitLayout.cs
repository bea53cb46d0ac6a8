using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;

namespace OfflineKit.Exports;

/// <summary>StellaOps' export kit.</summary>
/// <remarks>Published are the names of its files and the members of an entry; everything else is our profile. The steps are those of docs/spec/exports.md §7.</remarks>
internal sealed class ExportKitLayout : ExportLayout
{
    private const string Folder = "export-kit/";

    /// <inheritdoc/>
    public override string Name => "export-kit";

    /// <inheritdoc/>
    public override string Title => "StellaOps export kit";

    /// <inheritdoc/>
    public override string Mark => "export-kit/manifest.dsse";

    /// <inheritdoc/>
    public override string OpenQuestions =>
        "how manifest.json lists its entries and what manifest.dsse covers are not published; the stellaops profile (OfflineKit) is applied, and bundled scripts are never run";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => inventory.Find(Mark) is not null || inventory.Find("manifest.dsse") is not null;

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 The list of entries.
        string folder = export.Inventory.Find(Mark) is not null ? Folder : "";
        string list = folder + "manifest.json", envelope = folder + "manifest.dsse";
        if (export.Read("2-manifest", list, content => Entries(content, folder)) is not { } entries)
        {
            return;
        }

        export.Found.Passed("2-manifest", $"{entries.Count} entries");

        // 3 The signature. 4 Its binding to the list.
        SignedStatement? statement = SignedStatement.Verify("3-signature", envelope, export);
        statement?.RequireSubject("4-binding", list, ExportReasons.SubjectMismatch, export);

        // 5 Every entry, and nothing else.
        export.Compare("5-files", "6-nothing-else", entries);

        // 7 What is stated: that somebody made this, not that somebody found fault with it.
        statement?.RequirePredicateType("7-type", StatementTypes.Shipment, export);
    }

    private static Dictionary<string, ListedFile> Entries(ReadOnlyMemory<byte> content, string folder)
    {
        JsonValue json = StrictJson.ParseObject(content, "manifest.json");
        return ListedFiles.ByPath(json.Array("entries"), entry =>
        {
            entry.RefuseOtherMembers("kind", "kitVersion", "artifact", "checksum", "cliExample", "importExample", "rootHash", "createdAt");
            return new ListedFile(folder + entry.String("artifact"), size: null, ListedFiles.Prefixed(entry["checksum"]));
        });
    }
}
