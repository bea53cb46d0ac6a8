using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Properties.Tests.Encoding;

/// <summary>Times and whole numbers as text.</summary>
public sealed class TimeAndNumberProperties
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Long[0, DateTime.MaxValue.Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    /// <summary>Catches: a time that is shown and not the one that was meant.</summary>
    [Fact]
    public void A_time_is_read_back() => Property.Holds(Times, time =>
        Rfc3339.Parse(UtcText.Ticks(time), "time") == time && Rfc3339.Parse(UtcText.Exact(time), "time") == time && Rfc3339.Parse(UtcText.Seconds(time), "time").Ticks == time.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);

    /// <summary>Catches: a zone that is added where it must be taken off.</summary>
    [Fact]
    public void A_time_in_any_zone_is_the_same_instant() => Property.Holds(
        Gen.Select(Gen.Long[TimeSpan.TicksPerDay * 2, DateTime.MaxValue.Ticks - (TimeSpan.TicksPerDay * 2)], Gen.Int[-14 * 60, 14 * 60]),
        (ticks, minutes) => new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(minutes)) is var time && Rfc3339.Parse(time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture), "time") == time);

    /// <summary>Catches: a time that we read and the platform reads as another instant.</summary>
    [Fact]
    public void Whatever_is_read_as_a_time_the_platform_reads_alike() => Property.Holds(Texts.Changed(Times.Select(UtcText.Exact), "0129-+:.TZtz \0"), text =>
        Texts.OrNull(() => (object)Rfc3339.Parse(text, "time")) is not DateTimeOffset ours
        || Math.Abs((DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - ours).Ticks) <= 1);

    /// <summary>Catches: signs, blanks, leading zeros or NULs that are taken for part of a number.</summary>
    [Fact]
    public void A_whole_number_is_its_only_spelling() => Property.Holds(
        Texts.Changed(Gen.Long[0, long.MaxValue].Select(number => number.ToString(CultureInfo.InvariantCulture)), "0123 +-.\0_,٣e"),
        text => DecimalText.Number(text) is not { } number || number.ToString(CultureInfo.InvariantCulture) == text);

    /// <summary>Catches: the largest numbers refused.</summary>
    [Fact]
    public void Every_whole_number_is_read_back() => Property.Holds(Gen.Long[0, long.MaxValue], number => DecimalText.Number(number.ToString(CultureInfo.InvariantCulture)) == number);
}
