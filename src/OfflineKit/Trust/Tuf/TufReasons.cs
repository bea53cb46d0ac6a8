using System.Collections.Immutable;

namespace OfflineKit.Trust.Tuf;

/// <summary>Why a trust bundle, or the state that was imported from one, is refused.</summary>
internal static class TufReasons
{
    public static readonly Reason Malformed = new(
        "tuf.malformed",
        "a metadata file of the trust bundle is not well-formed",
        "fetch the bundle again from its source");

    public static readonly Reason WrongRole = new(
        "tuf.wrong-role",
        "a metadata file says that it belongs to another role",
        "do not use the bundle: a file was put in the place of another");

    public static readonly Reason UnknownSpecification = new(
        "tuf.unknown-specification",
        "the metadata follows a version of the TUF specification that offlinekit does not know",
        "ask the maintainers of the bundle for metadata of specification 1.0");

    public static readonly Reason UnknownRoot = new(
        "tuf.unknown-root",
        "no root of the bundle has the pinned fingerprint",
        "compare the fingerprint with the one that the maintainers published; it is the SHA-256 of a root.json file");

    public static readonly Reason RootGap = new(
        "tuf.root-gap",
        "the chain of root versions has a gap",
        "carry in every root version after the trusted one");

    public static readonly Reason Threshold = new(
        "tuf.threshold",
        "too few distinct trusted keys signed a metadata file",
        "do not use the bundle; ask the maintainers which keys signed it");

    public static readonly Reason Rollback = new(
        "tuf.rollback",
        "a metadata file is older than the one that is trusted already",
        "carry in a newer bundle");

    public static readonly Reason VersionMismatch = new(
        "tuf.version-mismatch",
        "a metadata file is not of the version that was signed for it",
        "do not use the bundle: files of several releases were mixed");

    public static readonly Reason HashMismatch = new(
        "tuf.hash-mismatch",
        "a file is not the one whose length and hash were signed",
        "do not use the bundle; fetch it again from its source");

    public static readonly Reason Removed = new(
        "tuf.removed",
        "a role that the trusted snapshot lists has vanished",
        "do not use the bundle: a repository never drops a role from its snapshot");

    public static readonly Reason Expired = new(
        "tuf.expired",
        "metadata of the trust bundle has expired",
        "carry in a newer bundle, or import it as aged trust with {acceptExpiredMetadata}");

    public static readonly Reason MissingFile = new(
        "tuf.missing-file",
        "the trust bundle lacks a file that its metadata names",
        "carry in the whole repository");

    public static readonly Reason TooLarge = new(
        "tuf.too-large",
        "a file of the trust bundle is larger than its limit",
        "do not use the bundle; fetch it again from its source");

    public static readonly Reason DelegationLimit = new(
        "tuf.delegation-limit",
        "the delegations of the trust bundle are too many or too deep",
        "ask the maintainers of the bundle for a flatter repository");

    public static readonly Reason UnsafePath = new(
        "tuf.unsafe-path",
        "a target's path could not be stored safely as a file",
        "ask the maintainers of the bundle for plain relative target names");

    public static readonly Reason TimeReversed = new(
        "tuf.time-reversed",
        "the stated time lies before a time that trusted metadata proves to have passed",
        "state the present time with {at}, or set the machine's clock");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        Malformed, WrongRole, UnknownSpecification, UnknownRoot, RootGap, Threshold, Rollback, VersionMismatch, HashMismatch, Removed,
        Expired, MissingFile, TooLarge, DelegationLimit, UnsafePath, TimeReversed,
    ];
}
