using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>docs/architecture.md tells which type calls which, and the code does.</summary>
public sealed partial class HopTests
{
    private static readonly string Page = File.ReadAllText(Repository.Path("docs", "architecture.md"));

    // Types of the platform and of the library that parses command lines.
    private static readonly string[] OfOthers = ["ArgumentException", "ParseResult"];

    private static readonly ILookup<string, string> Files = SyntaxTrees.All
        .SelectMany(source => SyntaxTrees.TypesOf(source.Root).SelectMany(type => NamesOf(type).Select(name => (Name: name, source.File)))).ToLookup(one => one.Name, one => one.File, StringComparer.Ordinal);

    [Fact]
    public void Each_arrow_leads_from_a_file_to_one_that_it_names()
    {
        (string From, string To)[] arrows = [.. Chain().Matches(Page).SelectMany(chain => chain.Groups["name"].Captures.Zip(chain.Groups["name"].Captures.Skip(1), (from, to) => (from.Value, to.Value))).Distinct()];
        Assert.True(arrows.Length > 15, $"{arrows.Length} arrows");
        Sources.AssertNone(arrows.Where(arrow => !Files[arrow.From].Any(file => Sources.Code(file).Any(line => Regex.IsMatch(line, $@"\b{arrow.To}\b")))).Select(arrow => $"{arrow.From} does not name {arrow.To}"));
    }

    [Fact]
    public void Each_type_on_the_page_is_there() =>
        Sources.AssertNone(Named().Matches(Page).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).Except(OfOthers).Where(name => !Files.Contains(name) && !IsThere(name)));

    // A test, or a folder of the core.
    private static bool IsThere(string name) => File.Exists(Repository.Path("tests", "OfflineKit.Architecture.Tests", name + ".cs")) || Directory.Exists(Repository.Path("src", "OfflineKit", name));

    // Whoever derives from a type does what is said of it.
    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax type) =>
        [SyntaxTrees.NameOf(type), .. type is BaseTypeDeclarationSyntax { BaseList: { } bases } ? bases.Types.Select(based => based.Type.ToString()) : []];

    [GeneratedRegex(@"`(?<name>[A-Z]\w+)`( → `(?<name>[A-Z]\w+)`)+", RegexOptions.ExplicitCapture)]
    private static partial Regex Chain();

    // Words of one capital are folders and names of the field; of two they are types of ours.
    [GeneratedRegex(@"`(?<name>[A-Z][a-z0-9]+([A-Z][a-z0-9]+)+)(\.\w+)?`", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
