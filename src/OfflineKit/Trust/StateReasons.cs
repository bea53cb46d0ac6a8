using System.Collections.Immutable;

namespace OfflineKit.Trust;

/// <summary>Why imported trust is not used.</summary>
internal static class StateReasons
{
    public static readonly Reason Damaged = new(
        "trust.state-damaged",
        "the trust that this machine keeps is not as it was left, or cannot be read",
        "find out who changed it; then delete that root's folder and import again with {rootFingerprint}");

    public static readonly Reason OtherRoot = new(
        "trust.other-root",
        "the trust was imported under another root than the stated one",
        "check the fingerprint; another root needs another {importName}");

    public static readonly Reason TooOld = new(
        "trust.too-old",
        "the imported trust is older than allowed",
        "carry in a newer trust bundle, or allow more with {maxTrustAge}");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Damaged, OtherRoot, TooOld];
}
