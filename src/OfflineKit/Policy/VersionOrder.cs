namespace OfflineKit.Policy;

/// <summary>The order of versions: Semantic Versioning, for one to eight numbers.</summary>
/// <remarks>
/// Shape: <c>[v]N(.N)*[-PRE][+BUILD]</c>, at most 128 characters; numbers without leading zeros, of any size; PRE and BUILD only behind three numbers or
/// more, so that no date is taken for a pre-release. Numbers are compared one by one, a missing one counts as 0; a
/// pre-release comes before its release; build metadata does not count. Versions of three numbers are ordered as SemVer 2.0.0 §11 says, integers and kit versions as integers.
/// </remarks>
internal static class VersionOrder
{
    private const int Longest = 128, MostNumbers = 8, SemVerNumbers = 3;

    /// <summary><paramref name="text"/> has the shape of a version.</summary>
    public static bool IsVersion(string text)
    {
        (string[] numbers, string? before, string? build) = Parts(text);
        return text.Length <= Longest
            && numbers.Length <= MostNumbers && numbers.All(IsNumber)
            && (numbers.Length >= SemVerNumbers || (before is null && build is null))
            && (before is null || before.Split('.').All(part => IsIdentifier(part) && (!IsDigits(part) || IsNumber(part))))
            && (build is null || build.Split('.').All(IsIdentifier));
    }

    /// <summary><paramref name="left"/> is newer than <paramref name="right"/> (&gt; 0), the same (0) or older; both are versions.</summary>
    public static int Compare(string left, string right)
    {
        (string[] mine, string? before, _) = Parts(left);
        (string[] other, string? otherBefore, _) = Parts(right);
        for (int i = 0; i < Math.Max(mine.Length, other.Length); i++)
        {
            int order = CompareNumbers(i < mine.Length ? mine[i] : "0", i < other.Length ? other[i] : "0");
            if (order != 0)
            {
                return order;
            }
        }

        return before is null || otherBefore is null
            ? (before is null).CompareTo(otherBefore is null)
            : ComparePreReleases(before.Split('.'), otherBefore.Split('.'));
    }

    private static int ComparePreReleases(string[] left, string[] right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            (bool leftIsNumber, bool rightIsNumber) = (IsDigits(left[i]), IsDigits(right[i]));
            int order = leftIsNumber && rightIsNumber ? CompareNumbers(left[i], right[i])
                : leftIsNumber != rightIsNumber ? rightIsNumber.CompareTo(leftIsNumber)
                : string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    // Without leading zeros the longer number is the greater one.
    private static int CompareNumbers(string left, string right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);

    private static (string[] Numbers, string? PreRelease, string? Build) Parts(string text)
    {
        string plain = text.StartsWith('v') ? text[1..] : text;
        int plus = plain.IndexOf('+', StringComparison.Ordinal);
        string core = plus < 0 ? plain : plain[..plus];
        int hyphen = core.IndexOf('-', StringComparison.Ordinal);
        return ((hyphen < 0 ? core : core[..hyphen]).Split('.'), hyphen < 0 ? null : core[(hyphen + 1)..], plus < 0 ? null : plain[(plus + 1)..]);
    }

    private static bool IsNumber(string part) => IsDigits(part) && (part.Length == 1 || part[0] != '0');

    private static bool IsDigits(string part) => part.Length > 0 && part.All(char.IsAsciiDigit);

    private static bool IsIdentifier(string part) => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
