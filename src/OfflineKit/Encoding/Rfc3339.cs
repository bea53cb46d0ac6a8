using System.Globalization;

namespace OfflineKit.Encoding;

/// <summary>Reads dates and times as RFC 3339 writes them, with an explicit zone.</summary>
/// <remarks>Errors: <see cref="MalformedException"/>; second 60, lower-case letters and a blank for the T are refused. Source: RFC 3339 §5.6.</remarks>
internal static class Rfc3339
{
    private const int SecondsEnd = 19, TicksDigits = 7;

    /// <summary>The instant that <paramref name="text"/> names, in UTC; digits of a fraction beyond 100 ns are dropped.</summary>
    public static DateTimeOffset Parse(string text, string what)
    {
        if (text.Length <= SecondsEnd || !DateTime.TryParseExact(
            text.AsSpan(0, SecondsEnd), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime second))
        {
            throw Malformed(text, what);
        }

        ReadOnlySpan<char> rest = text.AsSpan(SecondsEnd);
        long fraction = Fraction(ref rest) ?? throw Malformed(text, what);
        TimeSpan zone = Zone(rest) ?? throw Malformed(text, what);
        long ticks = second.Ticks + fraction - zone.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw Malformed(text, what);
    }

    /// <summary>The day that <paramref name="text"/> names (full-date).</summary>
    public static DateOnly ParseDate(string text, string what) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw new MalformedException($"{what}: \"{text}\" is no date, wanted 2026-11-22");

    private static long? Fraction(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] != '.')
        {
            return 0;
        }

        int digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
        if (digits < 1)
        {
            return null;
        }

        long ticks = 0;
        for (int i = 0; i < TicksDigits; i++)
        {
            ticks = (ticks * 10) + (i < digits ? rest[1 + i] - '0' : 0);
        }

        rest = rest[(1 + digits)..];
        return ticks;
    }

    private static TimeSpan? Zone(ReadOnlySpan<char> zone)
    {
        if (zone is "Z")
        {
            return TimeSpan.Zero;
        }

        return zone.Length == 6 && zone[0] is '+' or '-'
            && TimeSpan.TryParseExact(zone[1..], "hh\\:mm", CultureInfo.InvariantCulture, out TimeSpan offset)
                ? zone[0] == '-' ? -offset : offset
                : null;
    }

    private static MalformedException Malformed(string text, string what) =>
        new($"{what}: \"{text}\" is no time of RFC 3339, wanted 2026-11-22T08:30:00Z");
}
