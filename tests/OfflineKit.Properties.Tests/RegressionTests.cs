using OfflineKit.Fuzz;
using OfflineKit.Fuzz.Targets;

namespace OfflineKit.Properties.Tests;

/// <summary>What fuzzing found is read again: each file of tests/fuzz/regressions by the target that its folder is called after.</summary>
public sealed class RegressionTests
{
    /// <summary>Files that once crashed a parser.</summary>
    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_once_crashed_is_a_value_or_a_refusal(string file) => _ = TargetTable.Named(Path.GetDirectoryName(file)!).Accepts(File.ReadAllBytes(Path.Combine(Folder, file)));

    /// <summary>Every target.</summary>
    public static TheoryData<string> Names() => [.. TargetTable.All.Select(target => target.Name)];

    /// <summary>A target without a seed would fuzz nothing and find nothing. The same changes on every machine; tests/fuzz/run.sh makes more.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_target_has_a_seed_and_withstands_some_changes_of_it(string name)
    {
        Target target = TargetTable.Named(name);
        byte[] seed = Seeds.OneOf(target) ?? throw new InvalidOperationException($"nothing among the vectors is accepted by {name}");
        Assert.True(target.Accepts(seed));
        Array.ForEach([.. ChangeLoop.Changed(seed, new Random(1)).Take(Changes)], changed => _ = target.Accepts(changed));
    }

    private const int Changes = 60;

    private static string Folder => Path.Combine(Seeds.Root, "tests", "fuzz", "regressions");
}
