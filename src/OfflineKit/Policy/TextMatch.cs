namespace OfflineKit.Policy;

/// <summary>How a text in a certificate is compared with what was demanded; always ordinally and from end to end.</summary>
internal enum MatchRule
{
    /// <summary>The very same text.</summary>
    Exact,

    /// <summary>The text begins so.</summary>
    Prefix,

    /// <summary>The text ends so.</summary>
    Suffix,

    /// <summary>Each <c>*</c> stands for one or more characters other than <c>/</c>; everything else is literal.</summary>
    OneSegmentWildcard,
}

/// <summary>A demanded text and the rule by which it is compared.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Text">Never empty: an empty demand would match everything or nothing.</param>
internal sealed record TextMatch(MatchRule Rule, string Text)
{
    /// <summary>The very same text.</summary>
    public static TextMatch Exactly(string text) => new(MatchRule.Exact, text);

    /// <summary><paramref name="candidate"/> is what was demanded.</summary>
    public bool Matches(string candidate) => Text.Length > 0 && Rule switch
    {
        MatchRule.Exact => string.Equals(candidate, Text, StringComparison.Ordinal),
        MatchRule.Prefix => candidate.StartsWith(Text, StringComparison.Ordinal),
        MatchRule.Suffix => candidate.EndsWith(Text, StringComparison.Ordinal),
        _ => MatchesSegments(candidate.Split('/'), Text.Split('/')),
    };

    /// <summary>The demand in words.</summary>
    public override string ToString() => Rule switch
    {
        MatchRule.Exact => $"\"{Text}\"",
        MatchRule.Prefix => $"a text that begins with \"{Text}\"",
        MatchRule.Suffix => $"a text that ends with \"{Text}\"",
        _ => $"a text like \"{Text}\"",
    };

    private static bool MatchesSegments(string[] candidate, string[] pattern)
    {
        bool matches = candidate.Length == pattern.Length;
        for (int i = 0; matches && i < pattern.Length; i++)
        {
            matches = MatchesSegment(candidate[i], pattern[i].Split('*'));
        }

        return matches;
    }

    // Literals in their order, at least one character for each star between them: greedy from the left is enough without backtracking.
    private static bool MatchesSegment(string segment, string[] literals)
    {
        if (literals.Length == 1)
        {
            return string.Equals(segment, literals[0], StringComparison.Ordinal);
        }

        int end = segment.Length - literals[^1].Length, at = literals[0].Length;
        if (end < at || !segment.StartsWith(literals[0], StringComparison.Ordinal) || !segment.EndsWith(literals[^1], StringComparison.Ordinal))
        {
            return false;
        }

        foreach (string literal in literals[1..^1])
        {
            int found = at + 1 > end ? -1 : segment.AsSpan(0, end).Slice(at + 1).IndexOf(literal, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at += 1 + found + literal.Length;
        }

        return at < end;
    }
}
