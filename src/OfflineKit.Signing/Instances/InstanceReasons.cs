using System.Collections.Immutable;

namespace OfflineKit.Signing.Instances;

/// <summary>Why a signing config cannot be used.</summary>
internal static class InstanceReasons
{
    public static readonly Reason Malformed = new(
        "instance.malformed",
        "the signing config cannot be read",
        "fetch signing_config.v0.2.json of the instance again; media type application/vnd.dev.sigstore.signingconfig.v0.2+json");

    public static readonly Reason NoService = new(
        "instance.no-service",
        "the signing config names too few services that are valid now and speak a version that is known",
        "fetch a current signing config of the instance");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Malformed, NoService];
}
