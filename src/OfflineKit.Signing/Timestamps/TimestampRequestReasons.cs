using System.Collections.Immutable;

namespace OfflineKit.Signing.Timestamps;

/// <summary>Why a timestamp was not accepted. Nothing was written in any of these cases.</summary>
internal static class TimestampRequestReasons
{
    public static readonly Reason WrongAnswer = new(
        "tsa.wrong-answer",
        "the timestamp answers another request",
        "try again; check that the address is the authority's own and that no proxy keeps answers");

    public static readonly Reason Untrusted = new(
        "tsa.untrusted",
        "the timestamp does not verify under the trusted root",
        "pass a trusted root that lists this authority with --trusted-root");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [WrongAnswer, Untrusted];
}
