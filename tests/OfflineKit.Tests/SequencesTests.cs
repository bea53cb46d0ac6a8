namespace OfflineKit.Tests;

public sealed class SequencesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(1000)]
    public void An_array_has_every_element_of_a_sequence(int count)
    {
        IEnumerable<int> numbers = Sequences.Range(3, count);
        Assert.Equal(Enumerable.Range(3, count), Sequences.ToArray(numbers));
        Assert.Equal(Enumerable.Range(3, count), Sequences.ToArray([.. numbers]));
    }

    [Fact]
    public void Orders_are_stable()
    {
        string[] words = ["bb", "a", "cc", "b", "aa", "c"];
        Assert.Equal(["a", "b", "c", "bb", "cc", "aa"], Sequences.OrderBy(words, word => word.Length));
        Assert.Equal(["bb", "cc", "aa", "a", "b", "c"], Sequences.OrderByDescending(words, word => word.Length));
        Assert.Equal(["a", "b", "c", "aa", "bb", "cc"], Sequences.OrderBy(Sequences.Order(words, StringComparer.Ordinal), word => word.Length));
    }
}
