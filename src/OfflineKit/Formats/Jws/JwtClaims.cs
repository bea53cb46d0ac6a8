using OfflineKit.Encoding;

namespace OfflineKit.Formats.Jws;

/// <summary>The times that a token states of itself.</summary>
/// <param name="NotBefore">From when on it holds; null for always.</param>
/// <param name="Expires">When it holds no longer; null for never.</param>
/// <remarks>Issuer, subject and audience are shown and judged by nobody here. Source: RFC 7519 §4.1.4, §4.1.5.</remarks>
internal sealed record JwtClaims(DateTimeOffset? NotBefore, DateTimeOffset? Expires)
{
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

    // The end is taken down and the beginning up by less than a second, never the other way.
    private static DateTimeOffset? Time(JsonValue claims, string name) => claims.Optional(name) is { } value
        ? (name == "exp" ? NumericDate.End(value) : NumericDate.Beginning(value)) ?? throw new MalformedException(JwsReasons.Claims, $"JWT claim {name} is no number of seconds since 1970")
        : null;
}
