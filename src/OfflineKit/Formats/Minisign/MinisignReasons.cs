using System.Collections.Immutable;

namespace OfflineKit.Formats.Minisign;

/// <summary>Reasons that only minisign and signify signatures give.</summary>
internal static class MinisignReasons
{
    public static readonly Reason LegacyDenied = new(
        "minisign.legacy-denied",
        "the signature uses minisign's legacy mode, which can be confused with the prehashed mode",
        "ask for a signature without -l, or accept the risk with {allowLegacyMinisign}");

    public static readonly Reason CommentMismatch = new(
        "minisign.comment-mismatch",
        "the trusted comment was changed: its own signature does not fit",
        "fetch the signature again from the source");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [LegacyDenied, CommentMismatch];
}
