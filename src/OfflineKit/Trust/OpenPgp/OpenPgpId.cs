namespace OfflineKit.Trust.OpenPgp;

/// <summary>The ids by which people call OpenPGP keys, however they are spelled: as gpg prints them, in upper case and in groups, with 0x before them.</summary>
internal static class OpenPgpId
{
    /// <summary>Hex digits of a fingerprint of version 6, of one of version 4, of a key id, and of the short one, which is too short to be nothing but an id.</summary>
    public const int Version6 = 64, Version4 = 40, KeyId = 16, Short = 8;

    /// <summary>The id that <paramref name="text"/> is, in lower-case hex; null: it has the form of none.</summary>
    public static string? Of(string text)
    {
        string digits = text.Replace(" ", "", StringComparison.Ordinal);
        digits = (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits).ToLowerInvariant();
        return digits.Length is Version6 or Version4 or KeyId or Short && digits.All(char.IsAsciiHexDigitLower) ? digits : null;
    }

    /// <summary><paramref name="text"/> can mean nothing but an id: whoever writes it means that key and no other.</summary>
    public static bool IsNothingElse(string text) => Of(text) is { Length: > Short };
}
