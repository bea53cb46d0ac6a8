using OfflineKit.Encoding;

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

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text) => Glob.Matches(pattern, text, Glob.QuestionMark);
}
