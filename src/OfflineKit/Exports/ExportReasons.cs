using System.Collections.Immutable;

namespace OfflineKit.Exports;

/// <summary>Why an export is refused as a whole.</summary>
public static class ExportReasons
{
    public static readonly Reason UnknownLayout = new(
        "export.unknown-layout",
        "the export has the mark of no layout that offlinekit knows",
        "check that this is the whole export; docs/spec/exports.md lists the layouts and their marks");

    public static readonly Reason AmbiguousLayout = new(
        "export.ambiguous-layout",
        "the export has the marks of several layouts",
        "ask the sender which one it is and say so with --layout");

    public static readonly Reason UnsafeEntry = new(
        "export.unsafe-entry",
        "the folder holds something that is neither file nor folder",
        "copy the export again without links and devices, or verify the archive itself");

    public static readonly Reason ManifestMissing = new(
        "export.manifest-missing",
        "the signed list of the export is not there",
        "fetch the export again: without its list nothing says what belongs to it");

    public static readonly Reason ManifestMalformed = new(
        "export.manifest-malformed",
        "the list of the export is not well-formed",
        "fetch the export again; a transfer in text mode or an editor may have changed it");

    public static readonly Reason SignatureMissing = new(
        "export.signature-missing",
        "the list of the export is not signed",
        "ask the sender for a signature over the list; a list of digests alone proves no sender");

    public static readonly Reason EntryMissing = new(
        "export.entry-missing",
        "a listed file is not there",
        "copy the export again; it is not complete");

    public static readonly Reason EntryExtra = new(
        "export.entry-extra",
        "a file is there that the signed list does not name",
        "remove the file, or accept unlisted files with --allow-unlisted: nobody signed them");

    public static readonly Reason SizeMismatch = new(
        "export.size-mismatch",
        "a file has another size than the signed list says",
        "do not use the export; copy it again");

    public static readonly Reason DigestMismatch = new(
        "export.digest-mismatch",
        "a file is not the one that the signed list names",
        "do not use the export; copy it again, and ask the sender if it fails again");

    public static readonly Reason RootMismatch = new(
        "export.root-mismatch",
        "the root line of the checksum list is not the digest of the manifest",
        "do not use the export; list and manifest come from different exports");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        UnknownLayout, AmbiguousLayout, UnsafeEntry, ManifestMissing, ManifestMalformed, SignatureMissing, EntryMissing, EntryExtra, SizeMismatch, DigestMismatch,
        RootMismatch,
    ];
}
