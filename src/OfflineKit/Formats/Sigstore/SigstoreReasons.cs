using System.Collections.Immutable;

namespace OfflineKit.Formats.Sigstore;

/// <summary>Reasons that only Sigstore bundles give.</summary>
internal static class SigstoreReasons
{
    public static readonly Reason UnknownMediaType = new(
        "bundle.media-type",
        "the bundle names no version that offlinekit knows",
        "ask for a bundle of version 0.1, 0.2 or 0.3");

    public static readonly Reason MissingProof = new(
        "bundle.proof-missing",
        "a log entry comes without inclusion proof or without checkpoint",
        "ask for a bundle of version 0.2 or later, which carries the proof");

    public static readonly Reason PromiseOnly = new(
        "bundle.promise-only",
        "the log promised to take the entry and nothing proves that it did",
        "ask for a bundle with an inclusion proof (cosign writes one in its new bundle format), or accept the promise with {allowPromiseOnly}");

    public static readonly Reason DuplicateEntry = new(
        "bundle.duplicate",
        "a log entry or timestamp stands in the bundle twice",
        "fetch the bundle again from the source");

    public static readonly Reason EntryMismatch = new(
        "bundle.entry-mismatch",
        "a log entry records something else than what the bundle carries",
        "do not use the artefact; the entry belongs to another signature");

    public static readonly Reason UnknownEntryKind = new(
        "bundle.entry-kind",
        "a log entry is of a kind that offlinekit does not know, or not of the kind that it claims",
        "ask for a bundle with a hashedrekord, dsse or intoto entry");

    public static readonly Reason DigestMismatch = new(
        "bundle.message-digest",
        "the digest in the bundle is not the artefact's",
        "fetch the bundle that belongs to exactly this file");

    public static readonly Reason KeyForCertificate = new(
        "bundle.key-for-certificate",
        "a key was given for a bundle that is signed with a certificate",
        "name the signer with {certificateIdentity} and {certificateOidcIssuer} instead of a key");

    public static readonly Reason IdentityForKey = new(
        "bundle.identity-for-key",
        "a signer's identity was given for a bundle that is signed with a bare key",
        "give the public key with {publicKey} instead of an identity");

    public static readonly Reason HintMismatch = new(
        "bundle.hint-mismatch",
        "the key hint of the bundle and the key id of its envelope differ",
        "fetch the bundle again from the source");

    public static readonly Reason NoTrustedRoot = new(
        "bundle.no-trusted-root",
        "no Sigstore trusted root is in force, so nobody can vouch for the certificate",
        "name one with {trustedRoots}, or leave the bundled root switched on");

    public static readonly Reason NoLog = new(
        "bundle.no-log",
        "no log of the trusted root vouches for the signature",
        "check that the trusted root is the one of the instance that signed; one that runs no log can be accepted with {allowTimestampOnly}");

    public static readonly Reason NoTime = new(
        "bundle.no-time",
        "nothing proves when the signature was made, so the certificate cannot be judged",
        "ask for a bundle with a timestamp or a log promise of an authority in the trusted root");

    public static readonly Reason LogWindow = new(
        "bundle.log-window",
        "the entry was logged outside the window in which the trusted root trusts the log's key",
        "check that the trusted root is current");

    public static readonly Reason AuthorityWindow = new(
        "bundle.authority-window",
        "the certificate was used outside the window in which the trusted root trusts its authority",
        "check that the trusted root is current");

    public static readonly Reason NoIdentity = new(
        "bundle.no-identity",
        "the certificate does not name exactly one signer and the issuer who vouched",
        "ask for a signature with a certificate of a Sigstore authority");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        UnknownMediaType, MissingProof, PromiseOnly, DuplicateEntry, EntryMismatch, UnknownEntryKind, DigestMismatch, KeyForCertificate,
        IdentityForKey, HintMismatch, NoTrustedRoot, NoLog, NoTime, LogWindow, AuthorityWindow, NoIdentity,
    ];
}
