using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Formats.Checksums;
using OfflineKit.Formats.Cms;
using OfflineKit.Formats.CodeSentinel;
using OfflineKit.Formats.Dossier;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.KmsDetached;
using OfflineKit.Formats.Minisign;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;
using OfflineKit.X509;

namespace OfflineKit;

/// <summary>Every reason that a verdict can carry; each is explained in docs/reason-codes.md and has a vector.</summary>
internal static class KnownReasons
{
    /// <summary>All reasons, by area.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        .. Reasons.All,
        .. DossierReasons.All,
        .. MinisignReasons.All,
        .. DsseReasons.All,
        .. SigstoreReasons.All,
        .. Formats.Cosign.ImageReasons.All,
        .. Formats.Npm.NpmReasons.All,
        .. Formats.Pypi.PypiReasons.All,
        .. Transparency.LogReasons.All,
        .. Policy.PolicyReasons.All,
        .. SentinelReasons.All,
        .. CmsReasons.All,
        .. CodeSentinelReasons.All,
        .. ChecksumReasons.All,
        .. CertificateReasons.All,
        .. AlgorithmReasons.All,
        .. KeyFileReasons.All,
        .. KmsDetachedReasons.All,
        .. Formats.Jws.JwsReasons.All,
        .. TufReasons.All,
        .. StateReasons.All,
        .. Archives.ArchiveReasons.All,
        .. FileSystem.FileReasons.All,
        .. Exports.ExportReasons.All,
        .. Timestamping.TimestampReasons.All,
        .. Transparency.SignedCertificateTimestampReasons.All,
        .. Formats.SshSig.SshSigReasons.All,
        .. Trust.OpenPgp.OpenPgpReasons.All,
    ];

    /// <summary>The reason with <paramref name="code"/>, or null.</summary>
    public static Reason? Find(string code)
    {
        foreach (Reason reason in All)
        {
            if (string.Equals(reason.Code, code, StringComparison.Ordinal))
            {
                return reason;
            }
        }

        return null;
    }
}
