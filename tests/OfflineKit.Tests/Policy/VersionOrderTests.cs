using OfflineKit.Policy;

namespace OfflineKit.Tests.Policy;

public sealed class VersionOrderTests
{
    // The example of SemVer 2.0.0 §11, then numbers, lengths and what does not count.
    private static readonly string[] Ascending =
    [
        "0", "0.0.1", "1.0.0-0", "1.0.0-1", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.0.1", "1.2", "1.10",
        "2.0.0", "2026.11.22", "2026.12", "99999999999999999998", "99999999999999999999", "100000000000000000000",
    ];

    [Fact]
    public void Every_version_is_newer_than_those_before_it()
    {
        for (int i = 0; i < Ascending.Length; i++)
        {
            for (int j = 0; j < Ascending.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(VersionOrder.Compare(Ascending[i], Ascending[j])));
            }
        }
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1.2.0", "v1.2")]
    [InlineData("1.2.0+linux", "1.2.0+windows")]
    [InlineData("1.2.0-rc.1+linux", "1.2.0-rc.1")]
    public void These_are_the_same(string left, string right)
    {
        Assert.Equal(0, VersionOrder.Compare(left, right));
        Assert.Equal(0, VersionOrder.Compare(right, left));
    }

    [Theory]
    [InlineData("1.0.0--", true)]
    [InlineData("1.0.0-0a", true)]
    [InlineData("1.2.3.4.5.6.7.8", true)]
    [InlineData("1.0.0-x.y-z+0.001", true)]
    [InlineData("", false)]
    [InlineData("v", false)]
    [InlineData("V1", false)]
    [InlineData("vv1", false)]
    [InlineData("1.", false)]
    [InlineData(".1", false)]
    [InlineData("1..2", false)]
    [InlineData("01", false)]
    [InlineData("1.00", false)]
    [InlineData("+1", false)]
    [InlineData("-1", false)]
    [InlineData(" 1", false)]
    [InlineData("1 ", false)]
    [InlineData("1.2.3.4.5.6.7.8.9", false)]
    [InlineData("1.0.0-", false)]
    [InlineData("1.0.0-a..b", false)]
    [InlineData("1.0.0-01", false)]
    [InlineData("1.0.0+", false)]
    [InlineData("1.0.0+a+b", false)]
    [InlineData("1.0.0-ä", false)]
    [InlineData("١", false)]
    [InlineData("1.0rc1", false)]
    [InlineData("2026-11-22", false)]
    [InlineData("latest", false)]
    public void A_version_has_one_shape(string text, bool isVersion) => Assert.Equal(isVersion, VersionOrder.IsVersion(text));

    [Fact]
    public void A_version_of_more_than_128_characters_is_none() => Assert.False(VersionOrder.IsVersion(new string('1', 129)));
}
