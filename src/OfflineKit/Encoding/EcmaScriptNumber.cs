using System.Globalization;
using System.Text;

namespace OfflineKit.Encoding;

/// <summary>IEEE doubles in the one spelling of ECMAScript's Number::toString.</summary>
/// <remarks>Source: RFC 8785 §3.2.2.3; ECMA-262 §6.1.6.1.20.</remarks>
internal static class EcmaScriptNumber
{
    /// <summary>The largest integer whose neighbours are all representable: 2^53 − 1.</summary>
    public const long LargestSafeInteger = 9_007_199_254_740_991;

    /// <summary>The spelling of <paramref name="value"/>: shortest digits that read back, exponent only outside 1e-6 … 1e21.</summary>
    /// <exception cref="ArgumentException">NaN or an infinity, which JSON cannot write.</exception>
    public static string Write(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException("no JSON number is infinite or NaN", nameof(value));
        }

        // Zero has one spelling, and so has minus zero: the same.
        if (value == 0)
        {
            return "0";
        }

        (string digits, int point) = ShortestDigits(Math.Abs(value));
        return (value < 0 ? "-" : "") + Place(digits, point);
    }

    /// <summary>The double behind the JSON number <paramref name="literal"/>.</summary>
    /// <exception cref="MalformedException">An integer beyond ±(2^53 − 1), or a magnitude that no double has.</exception>
    public static double Parse(ReadOnlySpan<byte> literal, string what)
    {
        double value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            throw new MalformedException($"{what}: a number beyond the range of IEEE doubles");
        }

        // An integer literal beyond this would be rounded, so that two documents had one canonical form.
        bool isInteger = !literal.ContainsAny(".eE"u8);
        return isInteger && Math.Abs(value) > LargestSafeInteger
            ? throw new MalformedException($"{what}: an integer beyond ±(2^53 − 1) would be rounded")
            : value;
    }

    // "R" gives the shortest digits that read back, nearest first, in some placement; only the digits and their scale are used.
    private static (string Digits, int Point) ShortestDigits(double positive)
    {
        string text = positive.ToString("R", CultureInfo.InvariantCulture);
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = mark < 0 ? text : text[..mark];
        int dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        string all = dot < 0 ? mantissa : mantissa.Remove(dot, 1);
        int point = (dot < 0 ? mantissa.Length : dot) + exponent;
        int leadingZeros = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), point - leadingZeros);
    }

    // The value is 0.DIGITS × 10^point; k digits, n = point in the terms of ECMA-262.
    private static string Place(string digits, int point)
    {
        int count = digits.Length;
        if (point > 0 && point <= 21)
        {
            return count <= point ? digits.PadRight(point, '0') : $"{digits[..point]}.{digits[point..]}";
        }

        if (point > -6 && point <= 0)
        {
            return new StringBuilder("0.").Append('0', -point).Append(digits).ToString();
        }

        int exponent = point - 1;
        string tail = string.Create(CultureInfo.InvariantCulture, $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}");
        return count == 1 ? digits + tail : $"{digits[..1]}.{digits[1..]}{tail}";
    }
}
