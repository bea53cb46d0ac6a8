using System.Globalization;
using System.Text;

namespace OfflineKit.Encoding;

/// <summary>IEEE doubles in the one spelling of ECMAScript's Number::toString.</summary>
/// <remarks>Source: RFC 8785 §3.2.2.3; ECMA-262 §6.1.6.1.20.</remarks>
internal static class EcmaScriptNumber
{
    /// <summary>The largest integer whose neighbours are all representable: 2^53 − 1.</summary>
    public const long LargestSafeInteger = 9_007_199_254_740_991;

    private const int DigitsOfDouble = 17;

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
    /// <remarks>Another literal of the same double is the same text to a signature, and another number to whoever reads decimals: so what a double cannot hold is malformed, however it is spelled. Of a fraction 17 digits, which a double needs at the most, may stand (RFC 8785 §3.2.2.3 shows one).</remarks>
    /// <exception cref="MalformedException">An integer literal beyond ±(2^53 − 1), another number that would be rounded, or a magnitude that no double has.</exception>
    public static double Parse(ReadOnlySpan<byte> literal, string what)
    {
        double value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            throw new MalformedException($"{what}: a number beyond the range of IEEE doubles");
        }

        bool isInteger = !literal.ContainsAny(".eE"u8);
        if (isInteger && Math.Abs(value) > LargestSafeInteger)
        {
            throw new MalformedException($"{what}: an integer beyond ±(2^53 − 1) would be rounded");
        }

        return isInteger || IsHeld(literal, value) ? value : throw new MalformedException($"{what}: a number that no IEEE double holds would be rounded");
    }

    private static bool IsHeld(ReadOnlySpan<byte> literal, double value)
    {
        if (value == 0)
        {
            int exponentAt = literal.IndexOfAny("eE"u8);
            return !(exponentAt < 0 ? literal : literal[..exponentAt]).ContainsAnyInRange((byte)'1', (byte)'9');
        }

        (string Digits, int Point) written = DigitsOf(System.Text.Encoding.ASCII.GetString(literal.TrimStart("-"u8)));
        bool isFraction = written.Point < written.Digits.Length;
        return (isFraction && written.Digits.Length <= DigitsOfDouble) || written == ShortestDigits(Math.Abs(value));
    }

    // "R" gives the shortest digits that read back, nearest first, in some placement; only the digits and their scale are used.
    private static (string Digits, int Point) ShortestDigits(double positive) => DigitsOf(positive.ToString("R", CultureInfo.InvariantCulture));

    private static (string Digits, int Point) DigitsOf(string text)
    {
        int mark = text.AsSpan().IndexOfAny('e', 'E');
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
