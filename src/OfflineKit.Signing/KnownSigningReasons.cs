using System.Collections.Immutable;
using OfflineKit.Signing.Instances;
using OfflineKit.Signing.Keyless;
using OfflineKit.Signing.Pkcs11;
using OfflineKit.Signing.Plugins;
using OfflineKit.Signing.Rekor;
using OfflineKit.Signing.Remote;
using OfflineKit.Signing.Sentinel;
using OfflineKit.Signing.Services;
using OfflineKit.Signing.Timestamps;
using OfflineKit.Signing.Trust;

namespace OfflineKit.Signing;

/// <summary>Every reason for which a signature was not made; each is explained in docs/signing-reason-codes.md. The verifier's own are <see cref="KnownReasons"/>.</summary>
internal static class KnownSigningReasons
{
    /// <summary>All reasons, by area.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        .. SigningReasons.All,
        .. ServiceReasons.All,
        .. TokenReasons.All,
        .. PluginReasons.All,
        .. KeylessReasons.All,
        .. InstanceReasons.All,
        .. RekorReasons.All,
        .. TimestampRequestReasons.All,
        .. PolicyReasons.All,
        .. TrustReasons.All,
        .. RemoteReasons.All,
    ];

    /// <summary>The reason with <paramref name="code"/>, of signing or of verifying; null when there is none.</summary>
    public static Reason? Find(string code) =>
        All.FirstOrDefault(reason => string.Equals(reason.Code, code, StringComparison.Ordinal)) ?? KnownReasons.Find(code);
}
