using OfflineKit.Encoding;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Keys.Files;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>Where a token's PIN comes from. It is tried once: most tokens lock after three wrong ones.</summary>
internal static class TokenPin
{
    private const string Variable = "COSIGN_PKCS11_PIN";

    /// <summary>The PIN; null when it is typed at the token itself.</summary>
    public static SecretMemory? Of(Pkcs11KeyUri uri, Token token, KeyOpening opening)
    {
        if (token.HasPinPad)
        {
            opening.OnRemark($"type the PIN at the token \"{token.Label}\" or its reader");
            return null;
        }

        if (Stored(uri, opening) is not { } pin)
        {
            WarnOfLowCount(token, opening);
            return opening.Passwords.Ask($"PIN of token \"{token.Label}\"");
        }

        // Whoever types may look twice; a script that is wrong once is wrong every time.
        if ((token.Flags & Ck.PinFinalTry) != 0)
        {
            pin.Dispose();
            throw TokenReasons.PinFinalTry.Refusal($"{token}: the token allows one more wrong PIN");
        }

        return pin;
    }

    private static SecretMemory? Stored(Pkcs11KeyUri uri, KeyOpening opening)
    {
        if (uri.PinValue is { } value)
        {
            opening.OnRemark($"pin-value shows the PIN to everybody on this machine and in the shell's history; use pin-source=FILE or {Variable}");
            return SecretMemory.TakeOver(Utf8Text.Encode(value));
        }

        if (uri.PinSource is { } source)
        {
            return FirstLine(source.StartsWith("file:", StringComparison.Ordinal) ? FilePath(source) : source);
        }

        if (opening.Variable(Variable) is not { Length: > 0 } pin)
        {
            return null;
        }

        opening.OnRemark($"the PIN comes from {Variable}");
        return SecretMemory.TakeOver(Utf8Text.Encode(pin));
    }

    private static string FilePath(string source)
    {
        string path = source["file:".Length..];
        return path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
    }

    private static SecretMemory FirstLine(string path) =>
        // A leading bar asks for a program's output (RFC 7512 §2.4); a key's name starts no programs here.
        path.StartsWith('|')
            ? throw TokenReasons.PinUnreadable.Refusal($"pin-source {path}: programs are not run")
            : SecretFile.FirstLine(path, TokenReasons.PinUnreadable, "pin-source");

    private static void WarnOfLowCount(Token token, KeyOpening opening)
    {
        if ((token.Flags & Ck.PinFinalTry) != 0)
        {
            opening.OnRemark($"token \"{token.Label}\": one more wrong PIN locks it");
        }
        else if ((token.Flags & Ck.PinCountLow) != 0)
        {
            opening.OnRemark($"token \"{token.Label}\": a wrong PIN was given before");
        }
    }
}
