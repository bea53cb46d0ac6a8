using System.Collections.Immutable;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>Why a token did not sign. Nothing was written in any of these cases.</summary>
internal static class TokenReasons
{
    public static readonly Reason NoModule = new(
        "token.no-module",
        "it is not known which PKCS#11 module reaches the token, or the module is no file",
        "add ?module-path=/absolute/path.so to the key, or set COSIGN_PKCS11_MODULE_PATH; docs/providers/pkcs11.md lists the usual paths");

    public static readonly Reason ModuleFailed = new(
        "token.module-failed",
        "the PKCS#11 module cannot be loaded or does not start",
        "check that it is a PKCS#11 module for this processor, and that its own configuration (SOFTHSM2_CONF, TPM2_PKCS11_STORE, pcscd) is there");

    public static readonly Reason NotFound = new(
        "token.not-found",
        "no token fits the key's name",
        "plug it in, or correct token, serial, manufacturer, model or slot-id: the message lists the tokens that the module shows");

    public static readonly Reason Ambiguous = new(
        "token.ambiguous",
        "more than one token fits the key's name",
        "add serial=… of the token that is meant");

    public static readonly Reason ObjectNotFound = new(
        "token.key-not-found",
        "the token has no such private key, or does not show it to this user",
        "list the keys with `pkcs11-tool --module M --login --list-objects`, and correct object or id (%01 is one byte)");

    public static readonly Reason ObjectAmbiguous = new(
        "token.key-ambiguous",
        "more than one key on the token fits the key's name",
        "add id=… (%hex) of the key that is meant");

    public static readonly Reason NoPublicKey = new(
        "token.no-public-key",
        "the token does not show the public half of the key",
        "write the public key or the certificate to the token, under the private key's id");

    public static readonly Reason PinIncorrect = new(
        "token.pin-incorrect",
        "the token does not accept the PIN",
        "try again with care: most tokens lock after three wrong PINs, and this program tries each PIN once");

    public static readonly Reason PinLocked = new(
        "token.pin-locked",
        "the token's PIN is locked",
        "whoever has the PUK or the security officer's PIN can set a new PIN with the token's own tool");

    public static readonly Reason PinUnusable = new(
        "token.pin-unusable",
        "the token's PIN is expired or was never set",
        "set a PIN with the token's own tool");

    public static readonly Reason PinUnreadable = new(
        "token.pin-unreadable",
        "the file that pin-source names holds no PIN",
        "pin-source is a path or a file: URI of a file whose first line is the PIN; programs are not run");

    public static readonly Reason PinFinalTry = new(
        "token.pin-final-try",
        "one more wrong PIN locks the token, so a stored PIN is not tried",
        "check the stored PIN; then log in once by hand, with the PIN typed in or by another program, which clears the counter");

    public static readonly Reason NotLoggedIn = new(
        "token.not-logged-in",
        "the token wants its user logged in and does not see one",
        "another program may have logged out or taken the token: close it and try again");

    public static readonly Reason MechanismInvalid = new(
        "token.mechanism",
        "the token does not sign by this algorithm",
        "choose another --algorithm, or a key of another kind; `pkcs11-tool --module M --list-mechanisms` shows what the token can do");

    public static readonly Reason WrongUsage = new(
        "token.wrong-usage",
        "the key is not made for signing, or not in this way",
        "use a key whose CKA_SIGN is true");

    public static readonly Reason Removed = new(
        "token.removed",
        "the token is gone",
        "plug it in again and start over; nothing was written");

    public static readonly Reason TimedOut = new(
        "token.timed-out",
        "the token did not answer in time",
        "it may wait for a touch or a button; --timeout gives it longer");

    public static readonly Reason MalformedAnswer = new(
        "token.malformed-answer",
        "the module's answer cannot be read",
        "try the module's newest version; report it to its maker if it persists");

    public static readonly Reason Failed = new(
        "token.failed",
        "the token or its module failed",
        "the message names the function and the value that it returned; look at the module's own log");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        NoModule, ModuleFailed, NotFound, Ambiguous, ObjectNotFound, ObjectAmbiguous, NoPublicKey, PinIncorrect, PinLocked, PinUnusable, PinUnreadable,
        PinFinalTry, NotLoggedIn, MechanismInvalid, WrongUsage, Removed, TimedOut, MalformedAnswer, Failed,
    ];
}
