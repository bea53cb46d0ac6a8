using System.Globalization;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>Files and functions are small enough to be read at once. The bounds may be lowered, and never raised.</summary>
public sealed class SizeTests
{
    private const int MedianFile = 70, LongestFile = 300, NineteenOfTwentyFunctions = 27, LongestFunction = 54;

    private static readonly (string Where, int Lines)[] Files = [.. Sources.Below("src").Select(file => (file, File.ReadLines(Repository.Path(file)).Count()))];

    private static readonly (string Where, int Lines)[] Functions = [.. SyntaxTrees.All.SelectMany(source => SyntaxTrees.FunctionsOf(source.File, source.Root))];

    [Fact]
    public void No_file_is_long() => Sources.AssertNone(Longer(Files, LongestFile));

    [Fact]
    public void No_function_is_long() => Sources.AssertNone(Longer(Functions, LongestFunction));

    [Fact]
    public void Half_of_the_files_are_short() => Assert.InRange(Share(Files, 0.5), 1, MedianFile);

    [Fact]
    public void Nineteen_functions_of_twenty_are_short() => Assert.InRange(Share(Functions, 0.95), 1, NineteenOfTwentyFunctions);

    [Fact]
    public void The_compiler_refuses_what_this_test_refuses() =>
        Assert.Contains($"MA0051.maximum_lines_per_method = {LongestFunction.ToString(CultureInfo.InvariantCulture)}", File.ReadAllLines(Repository.Path(".editorconfig")));

    // A file is found by the name of a type, and a family of small types stands in the file of one of them.
    [Fact]
    public void A_file_is_called_after_a_type_in_it() => Sources.AssertNone(SyntaxTrees.All
        .Where(source => SyntaxTrees.TypesOf(source.Root).Any() && !SyntaxTrees.TypesOf(source.Root).Any(type => SyntaxTrees.NameOf(type) == Path.GetFileNameWithoutExtension(source.File)))
        .Select(source => source.File));

    private static IEnumerable<string> Longer((string Where, int Lines)[] all, int bound) => all.Where(one => one.Lines > bound).Select(one => $"{one.Where}: {one.Lines} lines");

    // How many lines that share of them has at the most.
    private static int Share((string Where, int Lines)[] all, double share) => all.Select(one => one.Lines).Order().ElementAt((int)Math.Ceiling(share * all.Length) - 1);
}
