using OfflineKit.Policy;

namespace OfflineKit.Tests.Policy;

public sealed class TextMatchTests
{
    [Theory]
    [InlineData(nameof(MatchRule.Exact), "a.b", "a.b", true)]
    [InlineData(nameof(MatchRule.Exact), "a.b", "axb", false)]
    [InlineData(nameof(MatchRule.Exact), "a", "A", false)]
    [InlineData(nameof(MatchRule.Exact), "", "", false)]
    [InlineData(nameof(MatchRule.Prefix), "", "anything", false)]
    [InlineData(nameof(MatchRule.Prefix), "https://a/", "https://a/b", true)]
    [InlineData(nameof(MatchRule.Suffix), "@refs/heads/main", "x@refs/heads/main", true)]
    [InlineData(nameof(MatchRule.Suffix), "@refs/heads/main", "x@refs/heads/main2", false)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "a/*/c", "a/b/c", true)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "a/*/c", "a//c", false)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "a/*/c", "a/b/b/c", false)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "a/*", "a/b/c", false)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "*.yml@main", "x.yml@main", true)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "*.yml@main", ".yml@main", false)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "a*b*c", "aXbYc", true)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "a*b*c", "abbc", false)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "a*b*c", "aXbXbXc", true)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "a*a", "a", false)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "a*a", "aa", false)]
    [InlineData(nameof(MatchRule.OneSegmentWildcard), "a.c", "abc", false)]
    public void A_text_matches_by_its_rule_from_end_to_end(string rule, string text, string candidate, bool matches) =>
        Assert.Equal(matches, new TextMatch(Enum.Parse<MatchRule>(rule), text).Matches(candidate));
}
