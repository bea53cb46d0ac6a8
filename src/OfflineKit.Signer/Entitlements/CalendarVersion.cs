using System.Globalization;
using System.Text.RegularExpressions;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Entitlements;

/// <summary>The month of a release: <c>2027.06</c>.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">1 to 12.</param>
internal sealed partial record CalendarVersion(int Year, int Month)
{
    /// <summary>The month that <paramref name="text"/> is.</summary>
    public static CalendarVersion Parse(string text, string what)
    {
        Match match = Exact().Match(text);
        return match.Success ? Of(match) : throw new MalformedException($"{what}: \"{text}\" is no month of a release, wanted 2027.06");
    }

    /// <summary>The month in a version such as <c>2.4.1 (2027.06)</c>, or null when it names none.</summary>
    public static CalendarVersion? In(string version)
    {
        Match match = Tagged().Match(version);
        return match.Success ? Of(match) : null;
    }

    /// <summary>It is of a later month than <paramref name="other"/>.</summary>
    public bool IsAfter(CalendarVersion other) => (Year * 12) + Month > (other.Year * 12) + other.Month;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}.{Month:D2}");

    private static CalendarVersion Of(Match match) => new(
        int.Parse(match.Groups["year"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
        int.Parse(match.Groups["month"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\A(?<year>2[0-9]{3})\.(?<month>0[1-9]|1[0-2])\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exact();

    [GeneratedRegex(@"\A((\S{1,64} )?\((?<year>2[0-9]{3})\.(?<month>0[1-9]|1[0-2])\)|(?<year>2[0-9]{3})\.(?<month>0[1-9]|1[0-2]))\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tagged();
}
