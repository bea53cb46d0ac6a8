using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>A whole Sigstore instance in memory, with fresh keys: authority, CT log, two Rekor logs, time-stamping authority.</summary>
/// <remarks>Every negative case can be signed properly by it, so that only the one thing under test is wrong.</remarks>
internal sealed class VirtualSigstoreInstance
{
    public static DateTimeOffset Noon { get; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public VirtualAuthority Authority { get; init; } = new("https://fulcio.virtual.example");

    public VirtualLog CertificateLog { get; init; } = VirtualLog.Ecdsa("ctfe.virtual.example");

    public VirtualLog Rekor { get; init; } = VirtualLog.Ecdsa("rekor.virtual.example");

    public VirtualLog OtherRekor { get; } = VirtualLog.Ecdsa("rekor2.virtual.example");

    public VirtualLog RekorV2 { get; } = VirtualLog.Ed25519("log1.rekor.virtual.example");

    public VirtualTimestampAuthority Tsa { get; } = new();

    /// <summary>The trusted root of this instance.</summary>
    public JsonObject Root() => new()
    {
        ["mediaType"] = "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        ["tlogs"] = new JsonArray(Rekor.ForRoot(), OtherRekor.ForRoot(), RekorV2.ForRoot()),
        ["certificateAuthorities"] = new JsonArray(Authority.ForRoot()),
        ["ctlogs"] = new JsonArray(CertificateLog.ForRoot()),
        ["timestampAuthorities"] = new JsonArray(Tsa.ForRoot()),
    };
}
