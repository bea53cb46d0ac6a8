using OfflineKit.Policy;

namespace OfflineKit.Properties.Tests.Formats;

/// <summary>The order of versions, by which a downgrade is refused.</summary>
public sealed class VersionProperties
{
    private static readonly Gen<string> Versions = Gen.Select(
        Gen.Int[0, 12].Array[1, 4].Select(numbers => string.Join('.', numbers)), Texts.OneOf("", "-alpha", "-1", "-10", "-alpha.1", "-alpha.beta", "-rc", "-2"), Texts.OneOf("", "+b"), Texts.OneOf("", "v"))
        .Select((numbers, before, build, mark) => mark + numbers + (numbers.Count(letter => letter == '.') >= 2 ? before + build : ""));

    /// <summary>Catches: two versions of which each is newer than the other.</summary>
    [Fact]
    public void One_of_two_is_newer() => Property.Holds(Gen.Select(Versions, Versions), (one, other) => VersionOrder.IsVersion(one) && Math.Sign(VersionOrder.Compare(one, other)) == -Math.Sign(VersionOrder.Compare(other, one)));

    /// <summary>Catches: a circle of versions, in which an older one gets in.</summary>
    [Fact]
    public void The_order_has_no_circles() => Property.Holds(Gen.Select(Versions, Versions, Versions), (a, b, c) => VersionOrder.Compare(a, b) > 0 || VersionOrder.Compare(b, c) > 0 || VersionOrder.Compare(a, c) <= 0);

    /// <summary>Catches: numbers that are compared as text.</summary>
    [Fact]
    public void Numbers_are_compared_as_numbers() => Property.Holds(Gen.Select(Gen.Int[0, 2000].Array[3], Gen.Int[0, 2000].Array[3]), (one, other) =>
        Math.Sign(VersionOrder.Compare(string.Join('.', one), string.Join('.', other))) == Math.Sign(new Version(one[0], one[1], one[2]).CompareTo(new Version(other[0], other[1], other[2]))));
}
