namespace OfflineKit.Encoding;

/// <summary>Patterns in which <c>*</c> stands for any characters, none included; what stands for one character is the dialect's own.</summary>
internal static class Glob
{
    /// <summary>How much of the beginning of <paramref name="pattern"/>, which is not empty, stands for <paramref name="character"/>; 0 where it does not fit.</summary>
    public delegate int One(ReadOnlySpan<char> pattern, char character);

    /// <summary>The pattern matches <paramref name="text"/> from end to end.</summary>
    /// <remarks>Linear in the product of both lengths: only the last star is ever taken back.</remarks>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, One one)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (p < pattern.Length && one(pattern[p..], text[t]) is > 0 and int taken)
            {
                (p, t) = (p + taken, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    /// <summary><c>?</c> stands for any character, every other one for itself.</summary>
    public static int QuestionMark(ReadOnlySpan<char> pattern, char character) => pattern[0] == '?' || pattern[0] == character ? 1 : 0;
}
