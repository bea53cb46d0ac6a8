using OfflineKit.Policy;

namespace OfflineKit.Tests.Policy;

public sealed class TextMatchTests
{
    [Theory]
    [InlineData(MatchRule.Exact, "a.b", "a.b", true)]
    [InlineData(MatchRule.Exact, "a.b", "axb", false)]
    [InlineData(MatchRule.Exact, "a", "A", false)]
    [InlineData(MatchRule.Exact, "", "", false)]
    [InlineData(MatchRule.Prefix, "", "anything", false)]
    [InlineData(MatchRule.Prefix, "https://a/", "https://a/b", true)]
    [InlineData(MatchRule.Suffix, "@refs/heads/main", "x@refs/heads/main", true)]
    [InlineData(MatchRule.Suffix, "@refs/heads/main", "x@refs/heads/main2", false)]
    [InlineData(MatchRule.OneSegmentWildcard, "a/*/c", "a/b/c", true)]
    [InlineData(MatchRule.OneSegmentWildcard, "a/*/c", "a//c", false)]
    [InlineData(MatchRule.OneSegmentWildcard, "a/*/c", "a/b/b/c", false)]
    [InlineData(MatchRule.OneSegmentWildcard, "a/*", "a/b/c", false)]
    [InlineData(MatchRule.OneSegmentWildcard, "*.yml@main", "x.yml@main", true)]
    [InlineData(MatchRule.OneSegmentWildcard, "*.yml@main", ".yml@main", false)]
    [InlineData(MatchRule.OneSegmentWildcard, "a*b*c", "aXbYc", true)]
    [InlineData(MatchRule.OneSegmentWildcard, "a*b*c", "abbc", false)]
    [InlineData(MatchRule.OneSegmentWildcard, "a*b*c", "aXbXbXc", true)]
    [InlineData(MatchRule.OneSegmentWildcard, "a*a", "a", false)]
    [InlineData(MatchRule.OneSegmentWildcard, "a*a", "aa", false)]
    [InlineData(MatchRule.OneSegmentWildcard, "a.c", "abc", false)]
    public void A_text_matches_by_its_rule_from_end_to_end(MatchRule rule, string text, string candidate, bool matches) =>
        Assert.Equal(matches, new TextMatch(rule, text).Matches(candidate));
}
