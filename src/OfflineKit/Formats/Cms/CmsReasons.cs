using System.Collections.Immutable;

namespace OfflineKit.Formats.Cms;

/// <summary>Reasons that only CMS signatures give.</summary>
internal static class CmsReasons
{
    public static readonly Reason OtherContent = new(
        "cms.other-content",
        "the CMS message is of a kind that is no signature of a file",
        "verify it with the tool that made it: Windows for catalogs and Authenticode, a mail program for encrypted mail");

    public static readonly Reason NoAttributes = new(
        "cms.no-attributes",
        "the signature has no signed attributes, so its bytes can be taken for a signature of something else",
        "sign again with attributes, as openssl cms -sign does without -noattr");

    public static readonly Reason MissingCertificate = new(
        "cms.missing-certificate",
        "the certificate of the signer is not in the message",
        "ask the signer for a signature with its certificate, or pin the signer's public key with {publicKey}");

    public static readonly Reason CertificateMismatch = new(
        "cms.certificate-mismatch",
        "the signed attributes name another certificate than the one in the message",
        "do not use the file; fetch it again from the source");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [OtherContent, NoAttributes, MissingCertificate, CertificateMismatch];
}
