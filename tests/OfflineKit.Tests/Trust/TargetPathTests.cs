using OfflineKit.Trust.Tuf;

namespace OfflineKit.Tests.Trust;

/// <summary>Patterns that every reader reads alike, and those that are refused.</summary>
public sealed class TargetPathTests
{
    [Theory]
    [InlineData("*")]
    [InlineData("docs/*.md")]
    [InlineData("app-[0-9].[ch]")]
    [InlineData("[!a]*/[a^]")]
    [InlineData("a]b")]
    public void A_plain_pattern_is_read_in_one_way(string pattern) => Assert.Null(TargetPath.Ambiguity(pattern));

    [Theory]
    [InlineData("[^a]*")]
    [InlineData("docs/[^a]*")]
    [InlineData("[a][^b]")]
    [InlineData("[a")]
    [InlineData("[")]
    [InlineData("[!")]
    [InlineData("[]a]")]
    [InlineData("[!]a]")]
    [InlineData("[[:alpha:]]")]
    [InlineData("[a/b]")]
    [InlineData("{a,b}")]
    [InlineData(@"a\*")]
    public void A_pattern_that_readers_read_in_several_ways_is_told(string pattern) => Assert.NotNull(TargetPath.Ambiguity(pattern));
}
