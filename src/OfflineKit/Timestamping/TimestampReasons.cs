using System.Collections.Immutable;

namespace OfflineKit.Timestamping;

/// <summary>Reasons that RFC 3161 timestamps give; their certificates give <c>cert.*</c>.</summary>
internal static class TimestampReasons
{
    public static readonly Reason Malformed = new(
        "timestamp.malformed",
        "the timestamp is not a well-formed RFC 3161 token",
        "fetch the file again; a real token is a TimeStampResp or a CMS ContentInfo in DER");

    public static readonly Reason NotGranted = new(
        "timestamp.not-granted",
        "the time-stamping authority refused the request",
        "ask the signer to request a timestamp again");

    public static readonly Reason SeveralSigners = new(
        "timestamp.several-signers",
        "the timestamp does not carry exactly one signer",
        "ask for a token that only its authority signed");

    public static readonly Reason WeakImprint = new(
        "timestamp.weak-imprint",
        "the timestamp covers its data by a hash that is not accepted",
        "ask for a timestamp over SHA-256, SHA-384 or SHA-512");

    public static readonly Reason ImprintMismatch = new(
        "timestamp.imprint-mismatch",
        "the timestamp is for other data",
        "check that timestamp and signature belong together");

    public static readonly Reason MissingSigningCertificate = new(
        "timestamp.missing-signing-certificate",
        "the timestamp does not bind the certificate of its signer",
        "ask the authority for tokens with the signing-certificate attribute (RFC 3161 section 2.4.2)");

    public static readonly Reason SigningCertificateMismatch = new(
        "timestamp.signing-certificate-mismatch",
        "the timestamp is bound to another certificate than the one that it names as signer",
        "do not rely on the timestamp; fetch it again from the source");

    public static readonly Reason UnknownAuthority = new(
        "timestamp.unknown-authority",
        "no trusted time-stamping authority made the timestamp",
        "import the trust root that holds the authority, if you trust it");

    public static readonly Reason MissingSigner = new(
        "timestamp.missing-signer",
        "the certificate of the timestamp's signer is neither in the token nor in the trust root",
        "ask for a token with the certificate inside, or add the signer's certificate to the trust root's chain");

    public static readonly Reason SignatureMismatch = new(
        "timestamp.signature-mismatch",
        "the timestamp was changed or its signature is not by the authority's key",
        "do not rely on the timestamp; fetch it again from the source");

    public static readonly Reason OutsideWindow = new(
        "timestamp.outside-window",
        "the timestamp was made outside the window in which its authority is trusted",
        "check the trust root's validity for this authority");

    public static readonly Reason AuthorityNameMismatch = new(
        "timestamp.authority-name-mismatch",
        "the timestamp names another authority than the one that signed it",
        "do not rely on the timestamp; report it to the authority");

    public static readonly Reason Duplicate = new(
        "timestamp.duplicate",
        "the same timestamp is given twice",
        "remove the copy: one timestamp must not count as two");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        Malformed, NotGranted, SeveralSigners, WeakImprint, ImprintMismatch, MissingSigningCertificate, SigningCertificateMismatch,
        UnknownAuthority, MissingSigner, SignatureMismatch, OutsideWindow, AuthorityNameMismatch, Duplicate,
    ];
}
