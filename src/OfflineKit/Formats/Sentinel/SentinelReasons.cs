using System.Collections.Immutable;

namespace OfflineKit.Formats.Sentinel;

/// <summary>Reasons that only Sentinel policies and audit logs give.</summary>
internal static class SentinelReasons
{
    public static readonly Reason PolicyHashMismatch = new(
        "sentinel.policy-hash-mismatch",
        "the policy is not the one that was signed: its SHA-256 differs from the recorded one",
        "compare with the file that was signed; `policy pull` writes the YAML anew and a shell's $(cat FILE) drops final newlines, so neither gives the signed bytes");

    public static readonly Reason NotSigned = new(
        "sentinel.not-signed",
        "the policy has no signature",
        "sign it with `sentinel policy sign`, or fetch its signature parameter");

    public static readonly Reason LogEntryInvalid = new(
        "sentinel.log-entry-invalid",
        "a log line does not fit its HMAC: it was changed, or the key is another one",
        "keep the log as it is and compare it with another copy; check that the key is the one of that time");

    public static readonly Reason LogEntryUnsigned = new(
        "sentinel.log-entry-unsigned",
        "a log line is no signed entry",
        "find out why the line is there: the logger writes an entry unsigned when signing fails, and so does whoever adds lines");

    public static readonly Reason LogEmpty = new(
        "sentinel.log-empty",
        "the log holds not a single line",
        "check that the right file was given; an empty log proves nothing");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [PolicyHashMismatch, NotSigned, LogEntryInvalid, LogEntryUnsigned, LogEmpty];
}
