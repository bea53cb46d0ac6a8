using System.Collections.Immutable;

namespace OfflineKit.Signing.Rekor;

/// <summary>Why a signature was not logged. Nothing was written in any of these cases.</summary>
internal static class RekorReasons
{
    public static readonly Reason Frozen = new(
        "rekor.frozen",
        "the log takes no more entries",
        "use its successor: a current signing config names it");

    public static readonly Reason WrongEntry = new(
        "rekor.wrong-entry",
        "the log answered with an entry of something else",
        "check that the address is the log's own and that no proxy changes answers");

    public static readonly Reason UnsuitableSignature = new(
        "rekor.unsuitable-signature",
        "logs of this kind take no signatures by this algorithm",
        "sign with P-256 or RSA PKCS#1 v1.5 and SHA-256, or without a log");

    public static readonly Reason NotLogged = new(
        "rekor.not-logged",
        "the verifier does not find the signature in as many logs as were asked",
        "pass the trusted root of this instance with --trusted-root");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Frozen, WrongEntry, UnsuitableSignature, NotLogged];
}
