using System.Collections;
using System.Reflection;
using OfflineKit.Crypto;
using OfflineKit.Exports;

namespace OfflineKit.Tests;

/// <summary>No expectation is forgotten: each is a demand that formats answer, a demand on the evidence, or a permission.</summary>
public sealed class DemandsTests
{
    // The members of an export's request that say how, not what; and those that a step of every layout reads.
    private static readonly string[] NoDemandsOfExports =
    [
        nameof(ExportRequest.Inventory), nameof(ExportRequest.Context), nameof(ExportRequest.Policy), nameof(ExportRequest.Layout), nameof(ExportRequest.Unlisted), nameof(ExportRequest.Missing), nameof(ExportRequest.ListedElsewhere), nameof(ExportRequest.Mirror),
        nameof(ExportRequest.DetachedFiles), nameof(ExportRequest.Demands), nameof(ExportRequest.StatementTypes), nameof(ExportRequest.Accepted), nameof(ExportRequest.Activation),
    ];

    public static TheoryData<string> Members() => [.. Properties(typeof(Expectations)).Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Members))]
    public void Every_expectation_is_in_exactly_one_table(string member)
    {
        string[] all = [.. Demands.OfFormats.Select(demand => demand.Member), .. Demands.OfEvidence, .. Demands.Permissions];
        Assert.Single(all, member);
    }

    [Fact]
    public void A_table_names_no_expectation_that_there_is_not() =>
        Assert.Empty(Demands.OfFormats.Select(demand => demand.Member).Concat(Demands.OfEvidence).Concat(Demands.Permissions).Except(Properties(typeof(Expectations)).Select(property => property.Name)));

    [Theory]
    [MemberData(nameof(Members))]
    public void A_demand_is_made_by_its_own_member_alone(string member)
    {
        Expectations expected = new();
        PropertyInfo property = typeof(Expectations).GetProperty(member, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)!;
        property.SetValue(expected, Stated(property.PropertyType));
        string[] made = [.. Demands.OfFormats.Where(demand => demand.IsMade(expected)).Select(demand => demand.Member)];
        Assert.Equal(Demands.OfFormats.Any(demand => demand.Member == member) ? [member] : [], made);
        Assert.Equal(Demands.OfEvidence.Contains(member), Demands.OnEvidence(expected).Any());
    }

    [Fact]
    public void Without_expectations_nothing_is_demanded()
    {
        Assert.DoesNotContain(Demands.OfFormats, demand => demand.IsMade(Expectations.None));
        Assert.Empty(Demands.OnEvidence(Expectations.None));
    }

    [Fact]
    public void Every_demand_has_words_of_its_own() =>
        Assert.Equal(Enum.GetValues<Demand>().Length, Enum.GetValues<Demand>().Select(Demands.InWords).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Every_demand_on_an_export_is_known()
    {
        string[] demands = [.. Properties(typeof(ExportRequest)).Select(property => property.Name).Except(NoDemandsOfExports)];
        Assert.Equal([nameof(ExportRequest.DemandsLog), nameof(ExportRequest.List), nameof(ExportRequest.LogKeys), nameof(ExportRequest.Secret)], demands.Order(StringComparer.Ordinal));
        Assert.All((Demand[])[Demand.List, Demand.LogKey, Demand.Secret, Demand.Authority], demand => Assert.Contains(ExportLayouts.All, layout => layout.Answers.Contains(demand)));
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(property => property.Name != "EqualityContract");

    // A value that is not the default.
    private static object Stated(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Stated(inner) : type switch
    {
        _ when type == typeof(string) => "stated",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 2,
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>([1]),
        _ when type.IsEnum => ((IList)Enum.GetValues(type))[^1]!,
        _ when type == typeof(System.Collections.Immutable.ImmutableArray<SharedSecret>) => System.Collections.Immutable.ImmutableArray.Create(SharedSecret.FromHex(new string('0', 64), "secret")),
        _ => throw new NotSupportedException($"say how a {type.Name} is stated"),
    };
}
