using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;

namespace OfflineKit.Exports;

/// <summary>A plain folder with a signed checksum list at its top.</summary>
/// <remarks>
/// The steps, by docs/spec/exports.md §3: (1) the container; (2) the list is well-formed; (3) it is signed by a trusted signer; (4) every listed file is there with its digest;
/// (5) nothing else is there. Of several signed lists each is verified for itself.
/// </remarks>
internal sealed class ChecksumFolder : ExportLayout
{
    /// <inheritdoc/>
    public override string Name => "checksums";

    /// <inheritdoc/>
    public override string Title => "folder with a signed checksum list";

    /// <inheritdoc/>
    public override string Mark => "SHA256SUMS";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [Demand.List, Demand.Authority];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => !ListDocument.In(inventory).IsEmpty;

    /// <inheritdoc/>
    internal override ImmutableArray<string> SignedLists(ExportInventory inventory) => [.. ListDocument.In(inventory).Where(list => list.IsSigned).Select(list => list.Path)];

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 The list.
        if (Document(export) is not { } document)
        {
            return;
        }

        export.Accounted.Add(document.Path);
        Result<ChecksumList> read = document.Read();
        if (read.Value is not { } list)
        {
            PassOver(document, read.Finding!, export);
            return;
        }

        export.Found.Passed("2-list", $"{document.Path} lists {list.Files.Count} files");
        Note(list, document.Path, export);

        // 3 The signatures.
        ListSignatures.Verify("3-signature", document, export);

        // 4 Every listed file. 5 Nothing else.
        if (list.Root is not null)
        {
            RequireRoot(list, export);
        }

        export.CompareOrTellApart("4-files", "5-nothing-else", list.Files);
    }

    // Beside another list, one of old hashes alone is no list, and must be by somebody trusted like any other file.
    private static void PassOver(ListDocument document, Finding finding, ExportVerification export)
    {
        if (finding.Reason != AlgorithmReasons.HashNotAccepted || export.Request.ListedElsewhere.IsEmpty)
        {
            export.Found.Failed("2-list", finding);
            return;
        }

        export.Found.Noted("note.unaccepted-hash", $"{document.Path} is passed over: {finding.Detail}");
        ListSignatures.Verify("3-signature", document, export);
    }

    private static ListDocument? Document(ExportVerification export)
    {
        if (export.Request.List is { } named)
        {
            ListDocument? only = ListDocument.Named(named, export.Inventory);
            if (only is null)
            {
                export.Found.Failed("2-list", ExportReasons.ManifestMissing.Because($"there is no {named}"));
            }

            return only;
        }

        ImmutableArray<ListDocument> lists = ListDocument.In(export.Inventory);
        ImmutableArray<ListDocument> signed = [.. lists.Where(list => list.IsSigned)];
        if ((signed.Length == 1 ? signed : lists) is [var document])
        {
            return document;
        }

        string there = lists.IsEmpty ? "there is no checksum list" : $"{string.Join(" and ", lists.Select(list => list.Path))} are there, and none is signed";
        export.Found.Failed("2-list", (lists.IsEmpty ? ExportReasons.ManifestMissing : ExportReasons.AmbiguousLayout).Because(there));
        return null;
    }

    private static void Note(ChecksumList list, string path, ExportVerification export)
    {
        if (!list.Unaccepted.IsEmpty)
        {
            export.Found.Noted("note.unaccepted-hash", $"{path}: digests by {string.Join(", ", list.Unaccepted)} were passed over");
        }

        if (list.ValidUntil is { } end && !(export.Request.Context.StatedTime <= end))
        {
            export.Found.Failed("2-list", ExportReasons.ListExpired.Because($"{path} says that it was valid until {UtcText.Seconds(end)}"));
        }
    }

    private static void RequireRoot(ChecksumList list, ExportVerification export)
    {
        ExportFile? manifest = export.Inventory.Find("manifest.json");
        if (manifest is null || !manifest.Sha256.Equals(list.Root))
        {
            export.Found.Failed("4-files", ExportReasons.RootMismatch.Because($"manifest.json is {manifest?.Sha256.ToString() ?? "not there"}, the root line says {list.Root}"));
            return;
        }

        export.Accounted.Add(manifest.Path);
        export.Vouched.Add(manifest.Path);
        export.Found.Passed("4-files", $"the root line is manifest.json, {list.Root}");
    }
}
