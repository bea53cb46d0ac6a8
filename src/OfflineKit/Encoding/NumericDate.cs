using System.Globalization;

namespace OfflineKit.Encoding;

/// <summary>A time in a token or a JSON Web Key: seconds since 1970, fractions allowed. Source: RFC 7519 §2.</summary>
internal static class NumericDate
{
    // 9999-12-31T23:59:59Z, the last second that a time can be here.
    private const decimal Latest = 253402300799m;

    /// <summary>The last whole second that is not after <paramref name="value"/>, for an end; null: it is no such time.</summary>
    public static DateTimeOffset? End(JsonValue value) => Seconds(value) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds((long)decimal.Floor(seconds)) : null;

    /// <summary>The first whole second that is not before <paramref name="value"/>, for a beginning; null: it is no such time.</summary>
    public static DateTimeOffset? Beginning(JsonValue value) => Seconds(value) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds((long)decimal.Ceiling(seconds)) : null;

    private static decimal? Seconds(JsonValue value) =>
        value.Kind == JsonKind.Number && decimal.TryParse(System.Text.Encoding.ASCII.GetString(value.Raw.Span), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds)
        && seconds is >= 0 and <= Latest ? seconds : null;
}
