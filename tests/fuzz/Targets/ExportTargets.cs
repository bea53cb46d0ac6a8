using System.Collections.Immutable;
using OfflineKit.Exports;
using OfflineKit.Formats.Checksums;

namespace OfflineKit.Fuzz.Targets;

/// <summary>The lists and manifests of exports.</summary>
internal static class ExportTargets
{
    /// <summary>One for each.</summary>
    public static ImmutableArray<Target> All { get; } =
    [
        new("checksum-list", static content => _ = ChecksumList.Parse(content, "list")),
        new("kit-list", static content => _ = KitList.Parse(content)),
        new("center-manifest", static content => _ = CenterManifest.Parse(content)),
        new("update-manifest", static content => _ = UpdateManifest.Parse(content)),
        new("mirror-envelope", static content => _ = MirrorEnvelope.Parse(content)),
        new("rekor-receipt", static content => _ = RekorReceipt.Parse(content)),
    ];
}
