using OfflineKit.Archives;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>Paths of targets: which patterns they match, and which of them may become a file.</summary>
internal static class TargetPath
{
    private const int LongestSegment = 200;

    /// <summary>Refuses a path that is not plain and relative: it would be stored on disk.</summary>
    public static void RequireSafe(string path)
    {
        bool safe = path.Length is > 0 and <= TufLimits.PathLength && PortableName.Is(path) && path.Split('/').All(segment => segment.Length <= LongestSegment && segment[0] != ' ');
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
        return patterns.Length == segments.Length && patterns.Zip(segments).All(pair => Glob.Matches(pair.First, pair.Second, OneMatches));
    }

    /// <summary>What other readers of <paramref name="pattern"/> read otherwise, or null: a pattern that allows must never allow more than its author meant.</summary>
    /// <remarks>A <c>^</c> negates a set in shells and in most libraries and not in others; a set without an end or with a bracket first, braces and backslashes are read in several ways.</remarks>
    public static string? Ambiguity(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny('\\', '{', '}') is >= 0 and int at)
        {
            return $"\"{pattern}\": the character {pattern[at]}";
        }

        foreach (string segment in pattern.Split('/'))
        {
            for (int open = segment.IndexOf('[', StringComparison.Ordinal); open >= 0;)
            {
                ReadOnlySpan<char> set = segment.AsSpan(open + 1);
                ReadOnlySpan<char> members = set is ['!', ..] ? set[1..] : set;
                int end = members.IndexOf(']');
                if (set is ['^', ..] || end <= 0 || members[..end].Contains('['))
                {
                    return $"\"{pattern}\": the set that begins with [{(set.IsEmpty ? "" : set[..1].ToString())}";
                }

                int rest = open + 1 + (set.Length - members.Length) + end + 1;
                open = segment.IndexOf('[', rest);
            }
        }

        return null;
    }

    /// <summary>The name as one file name: everything but letters, digits, <c>-</c>, <c>_</c> and <c>.</c> as <c>%XX</c>.</summary>
    /// <remarks>Role names are free text; python-tuf and tuf-on-ci write them so.</remarks>
    public static string FileNameOf(string role) => Uri.EscapeDataString(role);

    // A set in brackets, or what stands for one character elsewhere.
    private static int OneMatches(ReadOnlySpan<char> pattern, char c)
    {
        int length = pattern[0] == '[' && pattern.Length > 2 ? pattern[2..].IndexOf(']') + 1 : 0;
        if (length == 0)
        {
            return Glob.QuestionMark(pattern, c);
        }

        ReadOnlySpan<char> set = pattern.Slice(1, length);
        bool negated = set[0] == '!';
        return SetContains(negated ? set[1..] : set, c) == negated ? 0 : length + 2;
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
