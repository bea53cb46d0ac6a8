using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Pages;

/// <summary>Every command of every page is typed, in a folder that has what its reader has, and succeeds; or tests/pages/commands.txt says why no test can.</summary>
/// <remarks>Blocks of <c>console</c> are not here: each page that has one is replayed as a whole, with what the commands say.</remarks>
[UnsupportedOSPlatform("windows")]
public sealed partial class PageRunTests : IDisposable
{
    // GuideTests runs the steps of these recipes after the page's own transcript, which makes what they read.
    private static readonly string[] Recipes = ["docs/policy-signing.md", "docs/dossier-signing.md"];

    private readonly Folder _folder = new();

    public static TheoryData<string> Typed => [.. TypedLine.Table.Values.Where(line => line.NotRun is null && !line.AsksAws).Select(line => line.Text)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_command_of_every_page_has_its_entry_and_every_entry_its_command()
    {
        string[] commands = [.. PageBlock.Pages.SelectMany(OnPage).Distinct(StringComparer.Ordinal)];
        string[] without = [.. commands.Where(command => !TypedLine.Table.ContainsKey(command))], left = [.. TypedLine.Table.Keys.Except(commands, StringComparer.Ordinal)];
        Assert.True(without.Length + left.Length == 0, $"on a page and not in tests/pages/commands.txt:\n{string.Join('\n', without)}\nthere, and on no page:\n{string.Join('\n', left)}");
        Assert.True(commands.Length > 100, $"{commands.Length} commands");
    }

    [Fact]
    public void A_command_that_no_test_runs_says_why()
    {
        string[] reasons = [.. TypedLine.Table.Values.Select(line => line.NotRun).OfType<string>()];
        Assert.All(reasons, reason => Assert.Matches("^(account|cluster|system|build|browser): .", reason));
        string[] tests = [.. Directory.GetFiles(Repository.Path("tests"), "*Tests.cs", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path))];
        Assert.Empty(reasons.SelectMany(reason => Tests().Matches(reason).Select(found => found.Value)).Except(tests, StringComparer.Ordinal));
    }

    [Fact]
    public void A_block_says_what_it_is() =>
        Assert.Empty(PageBlock.Pages.Where(page => !page.StartsWith("docs/powershell/", StringComparison.Ordinal)).SelectMany(PageBlock.Of).Where(block => !block.IsKnown).Select(block => $"{block.Page}:{block.Number}: \"{block.Kind}\""));

    [Theory]
    [MemberData(nameof(Typed))]
    public void The_command_succeeds(string text) => TypedLine.Table[text].MustSucceed(_folder);

    private static IEnumerable<string> OnPage(string page)
    {
        IEnumerable<string> blocks = PageBlock.Of(page).Where(block => block.Kind == PageBlock.Shell || (block.Kind == PageBlock.Recipe && !Recipes.Contains(page, StringComparer.Ordinal))).SelectMany(block => block.Commands);
        return page == "docs/what-to-type.md" ? blocks.Concat(Cell().Matches(File.ReadAllText(Repository.Path(page))).Select(found => found.Groups[1].Value)) : blocks;
    }

    [GeneratedRegex("[A-Za-z]+Tests")]
    private static partial Regex Tests();

    [GeneratedRegex("^\\|[^|]*\\| `(offlinekit [^`]*)` \\|", RegexOptions.Multiline)]
    private static partial Regex Cell();
}
