using System.Collections.Immutable;

namespace OfflineKit.X509;

/// <summary>Reasons that certificates and certification paths give.</summary>
internal static class CertificateReasons
{
    public static readonly Reason Malformed = new(
        "cert.malformed",
        "a certificate is not well-formed",
        "ask for a certificate in strict DER as RFC 5280 wants it; `openssl x509 -text` shows what is inside");

    public static readonly Reason UntrustedIssuer = new(
        "cert.untrusted-issuer",
        "no trusted certificate authority issued the certificate",
        "check that the trust root is the one of the instance that issued the certificate");

    public static readonly Reason SignatureMismatch = new(
        "cert.signature-mismatch",
        "a certificate carries the name of a trusted issuer but not its signature",
        "treat the certificate as forged unless the trust root holds an outdated key of the issuer");

    public static readonly Reason UnsupportedSignature = new(
        "cert.unsupported-signature",
        "a certificate is signed with an algorithm or a key that offlinekit does not accept",
        "ask the authority for RSA of at least 2048 bits, ECDSA or Ed25519 with SHA-256, SHA-384 or SHA-512");

    public static readonly Reason NotCa = new(
        "cert.not-a-ca",
        "a certificate that may not issue certificates stands in the place of an authority",
        "check the trust root's chain: every certificate above the leaf needs basicConstraints CA and keyCertSign");

    public static readonly Reason BadProfile = new(
        "cert.bad-profile",
        "a certificate breaks a rule of RFC 5280 for its place in the path",
        "ask the authority for a certificate that follows RFC 5280 section 4.2");

    public static readonly Reason LeafIsCa = new(
        "cert.leaf-is-a-ca",
        "the signing certificate belongs to a certificate authority",
        "ask for a signature by an end-entity certificate");

    public static readonly Reason PathTooLong = new(
        "cert.path-too-long",
        "the certification path has more intermediates than allowed",
        "check the path length constraints of the authorities in the trust root");

    public static readonly Reason UnknownCriticalExtension = new(
        "cert.unknown-critical-extension",
        "a certificate has a critical extension that offlinekit does not know",
        "ask the authority what the extension restricts; a verifier that does not know it has to refuse");

    public static readonly Reason NameConstraint = new(
        "cert.name-constraint",
        "an authority issued a certificate for a name that it may not certify",
        "treat the certificate as mis-issued");

    public static readonly Reason WrongPurpose = new(
        "cert.wrong-purpose",
        "a certificate may not be used for this purpose",
        "ask for a signature by a certificate whose key usage and extended key usage allow it");

    public static readonly Reason NotYetValid = new(
        "cert.not-yet-valid",
        "a certificate was not yet valid at the verified time",
        "check that the timestamp belongs to this signature");

    public static readonly Reason Expired = new(
        "cert.expired",
        "a certificate was no longer valid at the verified time",
        "the signature was made after the certificate ended; ask for a new signature");

    public static readonly Reason BudgetExhausted = new(
        "limit.path-budget",
        "building the certification path takes more work than allowed",
        "use a trust root with fewer certificates of the same name");

    /// <summary>Every reason of this class, the least useful to a reader first.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        UntrustedIssuer, SignatureMismatch, UnsupportedSignature, NotCa, BadProfile, PathTooLong, UnknownCriticalExtension, NameConstraint,
        LeafIsCa, WrongPurpose, NotYetValid, Expired, Malformed, BudgetExhausted,
    ];

    /// <summary>Of two paths that fail, the finding that says more: the one of the path that came further.</summary>
    internal static Finding Better(Finding? one, Finding other) =>
        one is null || All.IndexOf(other.Reason) > All.IndexOf(one.Reason) ? other : one;
}
