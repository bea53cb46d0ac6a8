using System.Globalization;

namespace OfflineKit.Encoding;

/// <summary>The one spelling of times in reports, messages and files: RFC 3339 in UTC.</summary>
/// <remarks>Source: RFC 3339 §5.6, with <c>Z</c> for the zone.</remarks>
internal static class UtcText
{
    /// <summary><c>2026-11-30T07:00:00Z</c>; fractions of a second are dropped.</summary>
    public static string Seconds(DateTimeOffset time) => Write(time, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary><c>2026-11-30T07:00:00.123Z</c>, always three digits.</summary>
    public static string Milliseconds(DateTimeOffset time) => Write(time, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary><c>2026-11-30T07:00:00.1234567Z</c>, as many digits of the fraction as are not zero.</summary>
    public static string Exact(DateTimeOffset time) => Write(time, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");

    /// <summary><c>2026-11-30T07:00:00.1230000Z</c>, always seven digits.</summary>
    public static string Ticks(DateTimeOffset time) => Write(time, "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");

    /// <summary><c>2026-11-30</c>.</summary>
    public static string Day(DateTimeOffset time) => Write(time, "yyyy-MM-dd");

    private static string Write(DateTimeOffset time, string form) => time.UtcDateTime.ToString(form, CultureInfo.InvariantCulture);
}
