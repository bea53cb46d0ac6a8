using System.Collections.Immutable;
using OfflineKit.Files;

namespace OfflineKit.Signing;

/// <summary>Why a signature was not made or not released. Providers add their own class beside their keys.</summary>
internal static class SigningReasons
{
    public static readonly Reason MalformedKeyUri = new(
        "sign.key-uri",
        "the key is not named in a form that offlinekit-sign knows",
        "write the key as the message shows; nothing is guessed");

    public static readonly Reason UnsupportedKeyUri = new(
        "sign.key-scheme",
        "no key source of this build opens keys of this scheme",
        "`offlinekit-sign sign --help` lists the schemes");

    public static readonly Reason KeyUnreadable = new(
        "sign.key-unreadable",
        "the signing key cannot be read",
        "check the path and the rights on it");

    public static readonly Reason WrongPassword = new(
        "sign.wrong-password",
        "the password does not open the signing key",
        "try again; nothing was written");

    public static readonly Reason NoPassword = new(
        "sign.no-password",
        "the signing key is encrypted and no password was given",
        "run in a terminal, pass --password-fd, or pipe the password to standard input");

    public static readonly Reason KeyTooExpensive = new(
        "sign.key-cost",
        "the key file asks for more memory or work than is allowed to open it",
        "check where the key file came from; re-encrypt it with the usual cost");

    public static readonly Reason SchemeRequired = new(
        "sign.algorithm-required",
        "the key can sign in more than one way and none was chosen",
        "pass --algorithm with one of the labels shown");

    public static readonly Reason SchemeMismatch = new(
        "sign.algorithm-mismatch",
        "the key cannot sign with this algorithm, or not in this format",
        "choose an algorithm that fits the key; `offlinekit-sign public-key KEY` shows its kind");

    public static readonly Reason PinRequired = new(
        "sign.pin-required",
        "the key lives at a service and its public half is not pinned",
        "fetch it once with `offlinekit-sign public-key KEY --as pem`, check its fingerprint, and pass it with --public-key");

    public static readonly Reason PinMismatch = new(
        "sign.pin-mismatch",
        "the key is not the one whose public half is pinned",
        "check the key's name, account and version; do not replace the pinned key unless its owner rotated it");

    public static readonly Reason WrongAnswer = new(
        "sign.wrong-answer",
        "the answer does not belong to the question: another algorithm, key or version",
        "nothing was written; try again, and report it to the service's operator if it persists");

    public static readonly Reason DoesNotVerify = new(
        "sign.does-not-verify",
        "the signature that was made does not verify with the pinned key",
        "nothing was written; check that the public key belongs to the signing key");

    public static readonly Reason WrongDigest = new(
        "sign.wrong-digest",
        "the digest to be signed is not of the algorithm's hash function",
        "this is a bug: please report it");

    public static readonly Reason OutputExists = new(
        "sign.output-exists",
        "the output file is there already",
        "choose another name, or replace it with --force");

    public static readonly Reason OutputFailed = new(
        "sign.output-failed",
        "the output could not be written",
        "check the directory, its rights and the space left");

    public static readonly Reason OutputForeign = new(
        "sign.output-foreign",
        "what is in the output's place is no earlier output of the same kind: another document, a key, a folder",
        "choose another name; --force replaces nothing that could not be made again");

    public static readonly Reason OutputInUse = new(
        "sign.output-in-use",
        "another process is writing the same file",
        "wait until it has ended, and try again");

    public static readonly Reason OutputChanged = new(
        "sign.output-changed",
        "the document changed while it was signed",
        "sign it again as it is now");

    public static readonly Reason UnsuitableSubject = new(
        "sign.unsuitable-subject",
        "the file cannot be signed in this format",
        "mend the file as the message says");

    public static readonly Reason GuardedKey = new(
        "sign.guarded-key",
        "this is an official signing key, which is not used by accident",
        "pass --force if an official signature is what you mean to make");

    public static readonly Reason AuditBroken = new(
        "sign.audit-broken",
        "the audit log cannot be continued",
        "run `offlinekit-sign audit verify`; keep the broken log and start a new one");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        MalformedKeyUri, UnsupportedKeyUri, KeyUnreadable, WrongPassword, NoPassword, KeyTooExpensive, SchemeRequired, SchemeMismatch,
        PinRequired, PinMismatch, WrongAnswer, DoesNotVerify, WrongDigest, OutputExists, OutputFailed, OutputForeign, OutputInUse, OutputChanged, UnsuitableSubject, GuardedKey, AuditBroken,
    ];

    /// <summary>The refusal that <paramref name="fault"/> means.</summary>
    public static SigningException Refusal(OutputException fault) => new(
        (fault.Refusal switch
        {
            OutputRefusal.Exists => OutputExists,
            OutputRefusal.Foreign => OutputForeign,
            OutputRefusal.InUse => OutputInUse,
            OutputRefusal.Changed => OutputChanged,
            _ => OutputFailed,
        }).Because(fault.Message),
        fault);

    /// <summary>The exception that carries this reason.</summary>
    public static SigningException Refusal(this Reason reason, string detail) => new(reason.Because(detail));
}
