namespace OfflineKit.Trust;

/// <summary>OpenSSH's pattern lists: <c>*</c> and <c>?</c>, comma-separated, <c>!</c> refuses.</summary>
/// <remarks>Source: ssh_config(5), PATTERNS. A negated match decides at once, and a list of negations alone matches nothing.</remarks>
internal static class SshPattern
{
    /// <summary>The list matches <paramref name="text"/>.</summary>
    public static bool ListMatches(string patterns, string text)
    {
        bool matched = false;
        foreach (string pattern in patterns.Split(','))
        {
            if (pattern.StartsWith('!') && Matches(pattern.AsSpan(1), text))
            {
                return false;
            }

            matched |= !pattern.StartsWith('!') && Matches(pattern, text);
        }

        return matched;
    }

    // Linear in the product of both lengths: only the last star can be widened.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
