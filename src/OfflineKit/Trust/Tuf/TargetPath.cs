using System.Buffers;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>Paths of targets: which patterns they match, and which of them may become a file.</summary>
internal static class TargetPath
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create("\\:*?\"<>|");

    /// <summary>Refuses a path that is not plain and relative: it would be stored on disk.</summary>
    public static void RequireSafe(string path)
    {
        bool safe = path.Length is > 0 and <= TufLimits.PathLength
            && !path.AsSpan().ContainsAny(Unsafe)
            && !path.Any(char.IsControl)
            && path.Split('/').All(IsSafeSegment);
        if (!safe)
        {
            throw new MalformedException(TufReasons.UnsafePath, $"target path \"{path}\"");
        }
    }

    /// <summary><paramref name="path"/> matches the shell-style <paramref name="pattern"/>.</summary>
    /// <remarks>
    /// <c>*</c> stands for any characters and <c>?</c> for one, never for <c>/</c>; <c>[…]</c> for one of a set. Source: TUF specification 1.0 §4.5 (PATHPATTERN).
    /// </remarks>
    public static bool Matches(string pattern, string path)
    {
        string[] patterns = pattern.Split('/'), segments = path.Split('/');
        return patterns.Length == segments.Length && patterns.Zip(segments).All(pair => SegmentMatches(pair.First, pair.Second));
    }

    /// <summary>The name as one file name: everything but letters, digits, <c>-</c>, <c>_</c> and <c>.</c> as <c>%XX</c>.</summary>
    /// <remarks>Role names are free text; python-tuf and tuf-on-ci write them so.</remarks>
    public static string FileNameOf(string role) => Uri.EscapeDataString(role);

    // Trailing dots and blanks, and the old device names, mean something else on Windows.
    private static bool IsSafeSegment(string segment) =>
        segment.Length is > 0 and <= 200 && segment is not ("." or "..") && segment[^1] is not ('.' or ' ') && segment[0] != ' ' && !IsDevice(segment);

    private static bool IsDevice(string segment)
    {
        string stem = segment.Split('.')[0].ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && char.IsAsciiDigit(stem[3]));
    }

    // Linear in both lengths: the last star alone is ever taken back.
    private static bool SegmentMatches(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && OneMatches(pattern, ref p, text[t]))
            {
                t++;
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static bool OneMatches(string pattern, ref int p, char c)
    {
        int end = pattern[p] == '[' && p + 2 < pattern.Length ? pattern.IndexOf(']', p + 2) : -1;
        if (end < 0)
        {
            bool fits = pattern[p] == '?' || pattern[p] == c;
            p += fits ? 1 : 0;
            return fits;
        }

        ReadOnlySpan<char> set = pattern.AsSpan(p + 1, end - p - 1);
        bool negated = set[0] == '!';
        bool inside = SetContains(negated ? set[1..] : set, c);
        if (inside == negated)
        {
            return false;
        }

        p = end + 1;
        return true;
    }

    private static bool SetContains(ReadOnlySpan<char> set, char c)
    {
        for (int i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (set[i] <= c && c <= set[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}
