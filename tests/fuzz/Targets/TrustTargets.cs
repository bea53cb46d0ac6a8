using System.Collections.Immutable;
using OfflineKit.Trust;
using OfflineKit.Trust.OpenPgp;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Fuzz.Targets;

/// <summary>What trust is read from: keys, lists, roots, TUF metadata, certificates of OpenPGP.</summary>
internal static class TrustTargets
{
    /// <summary>One for each.</summary>
    public static ImmutableArray<Target> All { get; } =
    [
        new("key-file", static content => _ = KeyFile.ParseChosen(content, "key", "root", [])),
        new("openpgp-certificates", static content => _ = OpenPgpCertificateFile.ParseAll(content, "key", "root")),
        new("openpgp-packets", static content => _ = FramedPacket.All(content, "packets")),
        new("allowed-signers", static content => _ = AllowedSigners.Parse(content, "list")),
        new("trusted-root", static content => _ = SigstoreTrustedRootFile.Parse(content, "root", retrievedOn: "")),
        new("npm-keys", static content => _ = NpmKeysFile.Parse(content, "root")),
        new("trust-manifest", static content => _ = TrustManifest.Parse(content)),
        new("revocations", static content => _ = RevocationList.Parse(content)),
        new("tuf-root", static content => _ = RootMetadata.Parse("root.json", content)),
        new("tuf-timestamp", static content => _ = TimestampMetadata.Parse(content)),
        new("tuf-snapshot", static content => _ = SnapshotMetadata.Parse(content)),
        new("tuf-targets", static content => _ = TargetsMetadata.Parse("targets", content)),
    ];
}
