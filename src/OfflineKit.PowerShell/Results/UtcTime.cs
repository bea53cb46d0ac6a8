using System;
using System.Globalization;

namespace OfflineKit.PowerShell;

/// <summary>Times as the engine writes them (RFC 3339, UTC, to the second), and as people write them in any culture (ISO 8601).</summary>
internal static class UtcTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    // A day begins in UTC. A time of day without its zone would be another instant on each machine, so that is none.
    private static readonly string[] Iso8601 =
    {
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ssK",
    };

    /// <summary>The time behind <paramref name="text"/>, or null.</summary>
    public static DateTime? Parse(string text) =>
        DateTime.TryParseExact(text, Form, CultureInfo.InvariantCulture, Universal, out DateTime time) ? time : (DateTime?)null;

    /// <summary>The time that <paramref name="text"/> says in ISO 8601: a day, or a time of day with its offset or Z. Null for anything else.</summary>
    public static DateTime? FromIso8601(string text)
    {
        bool isDay = text.IndexOf(':') < 0;
        bool hasZone = text.EndsWith("Z", StringComparison.Ordinal) || text.LastIndexOf('+') > 10 || text.LastIndexOf('-') > 10;
        return (isDay || hasZone) && DateTime.TryParseExact(text, Iso8601, CultureInfo.InvariantCulture, Universal, out DateTime time) ? time : (DateTime?)null;
    }

    /// <summary><paramref name="time"/> as the engine reads it; a time without kind is taken as local, as PowerShell shows it.</summary>
    public static string Write(DateTime time) => time.ToUniversalTime().ToString(Form, CultureInfo.InvariantCulture);
}
