using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Jws;

/// <summary>The times that a token states of itself.</summary>
/// <param name="NotBefore">From when on it holds; null for always.</param>
/// <param name="Expires">When it holds no longer; null for never.</param>
/// <remarks>Issuer, subject and audience are shown and judged by nobody here. Source: RFC 7519 §4.1.4, §4.1.5.</remarks>
internal sealed record JwtClaims(DateTimeOffset? NotBefore, DateTimeOffset? Expires)
{
    // 9999-12-31T23:59:59Z, the last second that a time can be here.
    private const decimal Latest = 253402300799m;

    /// <summary>The claims in <paramref name="payload"/>: strict JSON, no member twice, times as numbers.</summary>
    public static JwtClaims Parse(ReadOnlyMemory<byte> payload)
    {
        JsonValue claims = StrictJson.ParseObject(payload, "JWT claims");
        return new JwtClaims(Time(claims, "nbf"), Time(claims, "exp"));
    }

    /// <summary>Why the token does not hold at <paramref name="time"/>, or null.</summary>
    /// <param name="time">The stated time; null when nobody states one: then nothing that begins or ends holds.</param>
    public Finding? Judge(DateTimeOffset? time)
    {
        if (Expires is { } end && !(time < end))
        {
            return JwsReasons.Expired.Because($"the token ended at {UtcText.Seconds(end)}{At(time)}");
        }

        return NotBefore is { } begin && !(time >= begin) ? JwsReasons.NotYetValid.Because($"the token holds from {UtcText.Seconds(begin)} on{At(time)}") : null;
    }

    private static string At(DateTimeOffset? time) => time is { } stated ? $", and it is {UtcText.Seconds(stated)}" : ", and no time is stated";

    // NumericDate: seconds since 1970, fractions allowed. The end is taken down and the beginning up by less than a second, never the other way.
    private static DateTimeOffset? Time(JsonValue claims, string name)
    {
        if (claims.Optional(name) is not { } value)
        {
            return null;
        }

        string text = System.Text.Encoding.ASCII.GetString(value.Raw.Span);
        if (value.Kind != JsonKind.Number || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds) || seconds < 0 || seconds > Latest)
        {
            throw new MalformedException(JwsReasons.Claims, $"JWT claim {name} is no number of seconds since 1970");
        }

        return DateTimeOffset.FromUnixTimeSeconds((long)(name == "exp" ? decimal.Floor(seconds) : decimal.Ceiling(seconds)));
    }
}
