using OfflineKit.Exports;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>What is read by a profile of our own is marked in every table, so that nobody takes our reading for the original's.</summary>
public sealed class ExperimentalTests
{
    [Fact]
    public void Layouts_of_others_that_are_published_in_part_are_marked_in_their_table()
    {
        string page = File.ReadAllText(Repository.Path("docs", "spec", "exports.md"));
        Assert.All(ExportLayouts.All, layout => Assert.Contains($"| `{layout.Name}`{(layout.IsExperimental ? $" ({Experimental.Word})" : "")} | ", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_layout_of_StellaOps_is_one() =>
        Assert.All(ExportLayouts.All.Where(layout => layout.Title.Contains("StellaOps", StringComparison.Ordinal)), layout => Assert.True(layout.IsExperimental, layout.Name));

    [Fact]
    public void Formats_and_the_readme_say_so()
    {
        string readme = File.ReadAllText(Repository.Path("README.md"));
        Assert.Contains(Experimental.Word, KnownFormats.ByName("codesentinel")!.Title, StringComparison.Ordinal);
        Assert.Contains("| CodeSentinel (experimental) |", readme, StringComparison.Ordinal);
        Assert.Contains("StellaOps layouts (experimental", readme, StringComparison.Ordinal);
    }
}
