using System;
using System.Globalization;

namespace OfflineKit.PowerShell;

/// <summary>Times as the engine writes them: RFC 3339, UTC, to the second.</summary>
internal static class UtcTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The time behind <paramref name="text"/>, or null.</summary>
    public static DateTime? Parse(string text) =>
        DateTime.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            ? time
            : (DateTime?)null;

    /// <summary><paramref name="time"/> as the engine reads it; a time without kind is taken as local, as PowerShell shows it.</summary>
    public static string Write(DateTime time) => time.ToUniversalTime().ToString(Form, CultureInfo.InvariantCulture);
}
