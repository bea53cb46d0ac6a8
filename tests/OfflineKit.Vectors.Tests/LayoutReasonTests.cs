using OfflineKit.Archives;
using OfflineKit.Exports;

namespace OfflineKit.Vectors.Tests;

/// <summary>Which reasons each layout of an export gives: tests/vectors/exports/REASONS.txt lists them, and a vector shows each.</summary>
public sealed class LayoutReasonTests
{
    // What every layout must be able to answer, whatever else it does; alternatives stand side by side.
    private static readonly string[][] Common =
    [
        ["trusted"], ["export.manifest-malformed"], ["export.digest-mismatch"], ["export.entry-missing"], ["export.entry-extra"], ["archive.unsafe-name"], ["signature.mismatch"],
        ["export.signature-missing", "export.mirror-signature"], ["export.rollback", "export.unversioned"],
        ["export.subject-mismatch", "export.payload-not-bound", "export.root-mismatch", "dsse.payload-type", "key.unknown"],
    ];

    private static readonly string[] Containers = ["container", "zip"];

    [Fact]
    public void The_listed_reasons_are_the_ones_that_vectors_show()
    {
        string file = Path.Combine(Vector.Root, "exports", "REASONS.txt");
        string shown = "# What the vectors of each layout, and of the containers, show. Written by the tests of the vectors with UPDATE=1.\n"
            + string.Concat(Shown().Select(layout => $"{layout.Key}: {string.Join(' ', layout.Value)}\n"));
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(file, shown);
        }

        Assert.Equal(File.ReadAllText(file), shown);
    }

    [Fact]
    public void Every_layout_shows_what_every_layout_must_answer() => Assert.Equal("", string.Join('\n', ExportLayouts.All.SelectMany(layout => Common
        .Where(answers => !answers.Any(answer => Shown().TryGetValue(layout.Name, out SortedSet<string>? shown) && shown.Contains(answer)))
        .Select(answers => $"{layout.Name}: {string.Join(" or ", answers)}"))));

    [Fact]
    public void Every_reason_of_exports_and_archives_is_shown_by_some_layout()
    {
        HashSet<string> shown = [.. Shown().Values.SelectMany(reasons => reasons)];
        Assert.Equal("", string.Join('\n', ExportReasons.All.Concat(ArchiveReasons.All).Select(reason => reason.Code).Where(code => !shown.Contains(code))));
    }

    // A vector's name begins with its layout; the longest name that fits is meant.
    private static SortedDictionary<string, SortedSet<string>> Shown()
    {
        string[] layouts = [.. ExportLayouts.All.Select(layout => layout.Name).Concat(Containers).OrderByDescending(name => name.Length)];
        SortedDictionary<string, SortedSet<string>> shown = new(StringComparer.Ordinal);
        foreach (string name in Vector.Names().Where(name => name.StartsWith("exports/", StringComparison.Ordinal)))
        {
            string scenario = name["exports/".Length..];
            string layout = layouts.FirstOrDefault(known => scenario.StartsWith(known + "-", StringComparison.Ordinal)) ?? "several";
            if (!shown.TryGetValue(layout, out SortedSet<string>? reasons))
            {
                shown.Add(layout, reasons = new SortedSet<string>(StringComparer.Ordinal));
            }

            reasons.Add(Vector.Read(name).Expect);
        }

        return shown;
    }
}
