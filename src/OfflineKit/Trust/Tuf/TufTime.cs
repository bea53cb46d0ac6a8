using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>Times of TUF metadata: ISO 8601 with <c>Z</c>; the first Sigstore roots write fractions and numeric offsets.</summary>
internal static class TufTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"];

    private const int SecondsEnd = 19, FractionLimit = 9;

    /// <summary>The instant that <paramref name="text"/> spells, to the second.</summary>
    public static DateTimeOffset Parse(string text, string what) =>
        DateTimeOffset.TryParseExact(WithoutFraction(text), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.ToUniversalTime()
            : throw new MalformedException(TufReasons.Malformed, $"{what}: \"{text}\" is no time of the form 2026-01-31T12:00:00Z");

    // Go writes up to nine digits, more than a DateTimeOffset holds; cutting them can only make metadata expire earlier.
    private static string WithoutFraction(string text)
    {
        if (text.Length <= SecondsEnd || text[SecondsEnd] != '.')
        {
            return text;
        }

        int end = SecondsEnd + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        int digits = end - SecondsEnd - 1;
        return digits is >= 1 and <= FractionLimit ? string.Concat(text.AsSpan(0, SecondsEnd), text.AsSpan(end)) : text;
    }
}
