using System.Collections.Immutable;

namespace OfflineKit.Exports;

/// <summary>Why an export is refused as a whole.</summary>
internal static class ExportReasons
{
    public static readonly Reason UnknownLayout = new(
        "export.unknown-layout",
        "the export has the mark of no layout that offlinekit knows",
        "check that this is the whole export; docs/spec/exports.md lists the layouts and their marks");

    public static readonly Reason ArchiveName = new(
        "export.archive-name",
        "what lies in the archive is trusted, and the file is called like something else: under that name it would be run or shown, with words in it that nobody signed",
        "give it the name of an archive; what lies in it can be verified under any name by `offlinekit verify-export`, and an image by `offlinekit verify-image`");

    public static readonly Reason AmbiguousLayout = new(
        "export.ambiguous-layout",
        "the export has the marks of several layouts",
        "ask the sender which one it is and say so with {layout}");

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
        "remove the file, or accept unlisted files with {allowUnlisted}: nobody signed them");

    public static readonly Reason SizeMismatch = new(
        "export.size-mismatch",
        "a file has another size than the signed list says",
        "do not use the export; copy it again");

    public static readonly Reason DigestMismatch = new(
        "export.digest-mismatch",
        "a file is not the one that the signed list names",
        "do not use the export; copy it again, and ask the sender if it fails again");

    public static readonly Reason ListExpired = new(
        "export.list-expired",
        "the signed list says that it is no longer the newest one",
        "fetch the export again; {at} states another time when that is what you mean to ask");

    public static readonly Reason RootMismatch = new(
        "export.root-mismatch",
        "the root line of the checksum list is not the digest of the manifest",
        "do not use the export; list and manifest come from different exports");

    public static readonly Reason UnsupportedSchema = new(
        "export.unsupported-schema",
        "the manifest is of a version that is not supported",
        "ask the sender for an export in a supported version; docs/spec/exports.md lists them");

    public static readonly Reason WrongPredicate = new(
        "export.wrong-predicate",
        "the signed statement is of another kind than this layout demands",
        "check that statement and export belong together");

    public static readonly Reason SubjectMismatch = new(
        "export.subject-mismatch",
        "the signed statement does not speak of this export",
        "do not use the export; fetch the statement that belongs to it");

    public static readonly Reason PayloadNotBound = new(
        "export.payload-not-bound",
        "a genuine statement lies beside files of which it does not speak",
        "do not use the export; nothing that is signed names its files");

    public static readonly Reason ManifestMismatch = new(
        "export.manifest-mismatch",
        "the signed statement names another manifest",
        "do not use the export; statement and manifest come from different exports");

    public static readonly Reason KitIncomplete = new(
        "export.kit-incomplete",
        "a file that the layout demands is not there",
        "copy the export again; it is not complete");

    public static readonly Reason PredicateMismatch = new(
        "kit.predicate-mismatch",
        "the signed statement names another kit or version than the list",
        "do not use the kit; statement and list come from different kits");

    public static readonly Reason TotalsMismatch = new(
        "export.totals-mismatch",
        "the totals of the manifest are not those of its entries",
        "do not use the export; its manifest contradicts itself");

    public static readonly Reason HmacMismatch = new(
        "export.hmac-mismatch",
        "the HMAC does not fit the manifest and the given secret",
        "check the secret; if it is right, do not use the export");

    public static readonly Reason RerunHash = new(
        "export.rerun-hash",
        "the manifest's rerunHash is not that of its contents",
        "do not use the export; its manifest contradicts itself");

    public static readonly Reason BaseMismatch = new(
        "export.base-mismatch",
        "the delta builds on another export than the one given",
        "give the manifest of the export that was imported before, or fetch the delta that belongs to it");

    public static readonly Reason CompanionUnused = new(
        "export.companion-unused",
        "a file was given beside the export, and the export has nothing to compare it with",
        "leave the option out, or check that this is the export that you meant");

    public static readonly Reason TombstonePresent = new(
        "export.tombstone-present",
        "a file that the delta takes away is there",
        "do not use the export; its manifest contradicts itself");

    public static readonly Reason NotCanonical = new(
        "export.not-canonical",
        "the signed list is not sorted",
        "do not use the export; a list that is a subject has one order");

    public static readonly Reason MirrorNotAllowed = new(
        "export.mirror-signature",
        "a mirror bundle's signature does not cover the type of what it signs",
        "ask for a DSSE envelope, or accept this form knowingly with {allowMirrorPayloadText}");

    public static readonly Reason JwsMalformed = new(
        "jws.malformed",
        "the detached JWS is not well-formed",
        "fetch the JWS again; it is HEADER..SIGNATURE in one line");

    public static readonly Reason ReceiptMalformed = new(
        "receipt.malformed",
        "the log receipt is not well-formed",
        "fetch the receipt again");

    public static readonly Reason ReceiptCheckpointMissing = new(
        "receipt.checkpoint-missing",
        "the receipt names a checkpoint that is not there",
        "copy the export again with its checkpoint");

    public static readonly Reason ReceiptCheckpointSignature = new(
        "receipt.checkpoint-signature",
        "no trusted log signed the receipt's checkpoint",
        "name the log's key with {logKey}, if you trust it");

    public static readonly Reason ReceiptRootMismatch = new(
        "receipt.root-mismatch",
        "the receipt's root hash is not the one that the log signed",
        "do not use the receipt");

    public static readonly Reason ReceiptUuid = new(
        "receipt.uuid-format",
        "the receipt's entry id holds no leaf hash",
        "ask for a receipt with an id of 64 or 80 hex digits");

    public static readonly Reason ReceiptInclusion = new(
        "receipt.inclusion",
        "the receipt's path does not lead from its entry to the signed root",
        "do not use the receipt: the entry is not in the log");

    public static readonly Reason ReceiptNotBound = new(
        "receipt.not-bound",
        "the logged entry is about something else than this export's statement",
        "do not use the receipt; ask for the entry and the receipt that belong to the statement");

    public static readonly Reason Rollback = new(
        "export.rollback",
        "a newer export of this sequence was accepted before",
        "use the newest export; going back needs {forceActivate} with {forceReason}");

    public static readonly Reason Unversioned = new(
        "export.unversioned",
        "the export names no signed version, so imports cannot be kept in order",
        "leave out {exportState}, or force the activation with {forceActivate} and {forceReason}");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        UnknownLayout, ArchiveName, AmbiguousLayout, UnsafeEntry, ManifestMissing, ManifestMalformed, SignatureMissing, EntryMissing, EntryExtra, SizeMismatch, DigestMismatch, ListExpired,
        RootMismatch, UnsupportedSchema, WrongPredicate, SubjectMismatch, PayloadNotBound, ManifestMismatch, KitIncomplete, PredicateMismatch,
        TotalsMismatch, HmacMismatch, RerunHash, BaseMismatch, CompanionUnused, TombstonePresent, NotCanonical, MirrorNotAllowed, JwsMalformed,
        ReceiptMalformed, ReceiptCheckpointMissing, ReceiptCheckpointSignature, ReceiptRootMismatch, ReceiptUuid, ReceiptInclusion, ReceiptNotBound, Rollback, Unversioned,
    ];
}
