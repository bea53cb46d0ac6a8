using System.Collections.Immutable;

namespace OfflineKit.Formats.CodeSentinel;

/// <summary>Reasons that only signed events give.</summary>
internal static class CodeSentinelReasons
{
    public static readonly Reason UnsupportedProvider = new(
        "codesentinel.unsupported-provider",
        "the event names a signing provider that offlinekit does not know",
        "check which provider signed; there is no fallback when verifying");

    public static readonly Reason Simulated = new(
        "codesentinel.simulated",
        "the event was signed by the simulated provider, which proves nothing",
        "configure a real key service at the signer and ask for the event again");

    public static readonly Reason DigestMismatch = new(
        "codesentinel.digest-mismatch",
        "the event does not have the digest that it carries",
        "do not use the event; fetch it again from the source");

    public static readonly Reason SeparateArtifact = new(
        "codesentinel.separate-artifact",
        "the event carries its own signature and covers no other file",
        "verify the event by itself: `offlinekit verify FILE.csevent.json`");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [UnsupportedProvider, Simulated, DigestMismatch, SeparateArtifact];
}
