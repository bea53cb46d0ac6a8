using System.Collections.Immutable;

namespace OfflineKit.Signing.Sentinel;

/// <summary>Why a policy was not pushed, pulled or loaded.</summary>
internal static class PolicyReasons
{
    public static readonly Reason Invalid = new(
        "policy.invalid",
        "the policy is one that Sentinel's validator refuses",
        "mend it; `offlinekit-sign policy validate FILE` lists every fault");

    public static readonly Reason NotLoaded = new(
        "policy.not-loaded",
        "the policy is not loaded",
        "sign and push it again; nothing unverified is handed out while signatures are enforced");

    public static readonly Reason Exists = new(
        "policy.exists",
        "another policy is live under this name",
        "look at `offlinekit-sign policy diff`, then push with --force");

    public static readonly Reason RolledBack = new(
        "policy.rolled-back",
        "the push failed and what was live before is live again",
        "the message says what failed; push again");

    public static readonly Reason HalfPushed = new(
        "policy.half-pushed",
        "the push failed and what was live before could not be restored",
        "servers that enforce signatures refuse the policy until it is pushed again; do that now");

    public static readonly Reason NoPolicy = new(
        "policy.not-found",
        "there is no policy of this name",
        "check the profile, --policy-root and --policy-parameter, and the region");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Invalid, NotLoaded, Exists, RolledBack, HalfPushed, NoPolicy];
}
