using System.Collections.Immutable;

namespace OfflineKit.Signing.Trust;

/// <summary>Why a trust repository is not changed or not published.</summary>
internal static class TrustReasons
{
    public static readonly Reason Impossible = new(
        "sign-trust.impossible",
        "the repository would be one that nobody could verify",
        "name at least as many distinct keys as the threshold asks for");

    public static readonly Reason Exists = new(
        "sign-trust.exists",
        "what should be made is there already",
        "choose another folder or name");

    public static readonly Reason Missing = new(
        "sign-trust.missing",
        "what should be changed is not there",
        "look at the repository with `offlinekit trust check`");

    public static readonly Reason NotEntitled = new(
        "sign-trust.not-entitled",
        "the key belongs to no role of what waits for signatures",
        "sign with a key that the current or the staged root names");

    public static readonly Reason OtherDraft = new(
        "sign-trust.other-draft",
        "a signer's copy is not of what is staged here",
        "send the signer the staged folder as it is now");

    public static readonly Reason Unfinished = new(
        "sign-trust.unfinished",
        "the repository would not verify, so it was not published",
        "let enough keys sign what is staged: `offlinekit-sign trust sign`");

    public static readonly Reason Secret = new(
        "sign-trust.secret",
        "a secret key would be published with the trust repository",
        "list the public half; if the file lies in the repository already, take it out and replace the key: it may have been handed out");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Impossible, Exists, Missing, NotEntitled, OtherDraft, Unfinished, Secret];
}
