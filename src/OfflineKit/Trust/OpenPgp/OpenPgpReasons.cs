using System.Collections.Immutable;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>Reasons of OpenPGP certificates and signatures.</summary>
internal static class OpenPgpReasons
{
    public static readonly Reason CertificateUnusable = new(
        "openpgp.certificate-unusable",
        "nothing signed by the certificate's primary key says how long and for what it is valid",
        "ask the signer for a certificate whose self-signatures use SHA-2");

    public static readonly Reason Expired = new(
        "openpgp.expired",
        "the certificate, its subkey or the signature has ended",
        "fetch the signer's current certificate; {at} states another time when that is what you mean to ask");

    public static readonly Reason Revoked = new(
        "openpgp.revoked",
        "the signer has revoked the key",
        "do not use the file; ask the signer for a signature by a key in use");

    public static readonly Reason NotForSigning = new(
        "openpgp.not-for-signing",
        "the key may not sign data, or it has not agreed to belong to the certificate",
        "ask the signer for a signature by a signing subkey with a cross-signature");

    public static readonly Reason CriticalUnknown = new(
        "openpgp.critical-unknown",
        "the signature carries a critical part that this program does not know",
        "verify it with the signer's own tool, or ask for a signature without it");

    public static readonly Reason FutureSignature = new(
        "openpgp.future",
        "the signature says that it was made later than the time that is asked about",
        "check the machine's clock, or the time given with {at}");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [CertificateUnusable, Expired, Revoked, NotForSigning, CriticalUnknown, FutureSignature];
}
