using System.Globalization;

namespace OfflineKit.Encoding;

/// <summary>Whole numbers in decimal ASCII digits, from 0 to 2^63 − 1.</summary>
/// <remarks>The platform's readers take NULs behind the digits whatever they are told, and signs and blanks unless they are told not to.</remarks>
internal static class DecimalText
{
    /// <summary>The number that <paramref name="digits"/> spell without a leading zero; null: they are none, or too many.</summary>
    public static long? Number(ReadOnlySpan<char> digits) => digits.Length == 1 || (digits.Length > 1 && digits[0] != '0') ? Digits(digits) : null;

    /// <summary>The same, of ASCII text.</summary>
    public static long? Number(ReadOnlySpan<byte> digits) => digits.Length == 1 || (digits.Length > 1 && digits[0] != (byte)'0') ? Digits(digits) : null;

    /// <summary>The number that <paramref name="digits"/> spell, with any number of leading zeros; null: they are none, or too many.</summary>
    public static long? Digits(ReadOnlySpan<char> digits) =>
        !digits.ContainsAnyExceptInRange('0', '9') && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static long? Digits(ReadOnlySpan<byte> digits) =>
        !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
