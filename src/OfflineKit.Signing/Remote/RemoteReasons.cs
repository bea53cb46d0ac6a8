using System.Collections.Immutable;

namespace OfflineKit.Signing.Remote;

/// <summary>Why a signing service did not sign for us, or why what it signed is not taken.</summary>
internal static class RemoteReasons
{
    public static readonly Reason Refused = new(
        "remote.refused",
        "the signing service refused the request",
        "the message quotes the service's code; docs/signer/api.md explains each");

    public static readonly Reason WrongAnswer = new(
        "remote.wrong-answer",
        "the signing service signed something else than it was asked to, or not by the pinned keys",
        "nothing was written; check the address, the pinned keys, and the service's own log");

    public static readonly Reason NoToken = new(
        "remote.no-token",
        "the authority issued no access token",
        "check the client's id and key at the authority; the message quotes it");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Refused, WrongAnswer, NoToken];
}
