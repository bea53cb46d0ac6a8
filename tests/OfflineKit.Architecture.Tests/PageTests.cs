using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>Pages are found: every one is reachable from README.md by links, and no link leads nowhere.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void Every_page_is_reachable_from_the_readme()
    {
        HashSet<string> seen = new(StringComparer.Ordinal) { "README.md" };
        Queue<string> open = new(seen);
        while (open.TryDequeue(out string? page))
        {
            foreach (string target in Targets(page).SelectMany(PagesAt).Where(seen.Add))
            {
                open.Enqueue(target);
            }
        }

        Sources.AssertNone(Pages().Where(page => !seen.Contains(page)).Select(page => $"{page} is reached by no link from README.md"));
    }

    [Fact]
    public void No_link_leads_nowhere() => Sources.AssertNone(
        Pages().SelectMany(page => Targets(page).Where(target => !Path.Exists(Repository.Path(target))).Select(target => $"{page}: {target} is not there")));

    [Fact]
    public void No_line_of_prose_is_longer_than_160_columns() => Sources.AssertNone(
        Pages().SelectMany(page => Prose(page).Where(line => line.Text.Length > LongestLine).Select(line => $"{page}:{line.Number}: {line.Text.Length} columns: break it at the end of a sentence")));

    [Fact]
    public void Every_page_with_a_transcript_is_replayed_by_a_test()
    {
        string tests = string.Concat(Sources.Tracked().Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith("Tests.cs", StringComparison.Ordinal) && !file.EndsWith("/PageTests.cs", StringComparison.Ordinal))
            .Select(file => File.ReadAllText(Repository.Path(file))));
        Sources.AssertNone(Pages().Where(page => File.ReadAllText(Repository.Path(page)).Contains("```console", StringComparison.Ordinal))
            .Where(page => !tests.Contains($"\"{Path.GetFileName(page)}\"", StringComparison.Ordinal) && !tests.Contains($"\"{page}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_decision_has_a_number_of_its_own() => Sources.AssertNone(Pages()
        .Where(page => page.StartsWith("docs/decisions/", StringComparison.Ordinal))
        .GroupBy(page => Path.GetFileName(page)[..4], StringComparer.Ordinal)
        .Where(pages => pages.Count() > 1)
        .Select(pages => string.Join(" and ", pages)));

    private const int LongestLine = 160;

    // What is neither a table, nor a block of code, nor the head of a page.
    private static IEnumerable<(int Number, string Text)> Prose(string page)
    {
        bool isCode = false, isHead = false;
        foreach ((int at, string line) in File.ReadAllLines(Repository.Path(page)).Index())
        {
            bool isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal), isRule = line == "---";
            isHead = (isHead || at == 0) && isRule ? !isHead : isHead;
            if (!isCode && !isFence && !isHead && !line.TrimStart().StartsWith('|'))
            {
                yield return (at + 1, line);
            }

            isCode ^= isFence;
        }
    }

    private static IEnumerable<string> Pages() =>
        Sources.Tracked().Where(file => file.EndsWith(".md", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal));

    // A link to a folder leads to each of its pages.
    private static IEnumerable<string> PagesAt(string target) =>
        Directory.Exists(Repository.Path(target))
            ? Directory.GetFiles(Repository.Path(target), "*.md").Select(file => $"{target}/{Path.GetFileName(file)}")
            : target.EndsWith(".md", StringComparison.Ordinal) && File.Exists(Repository.Path(target)) ? [target] : [];

    // Relative links only, without the part behind #, from the root of the checkout.
    private static IEnumerable<string> Targets(string page) =>
        Link().Matches(File.ReadAllText(Repository.Path(page)))
            .Select(match => match.Groups["to"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal))
            .Select(target => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.Path(page))!, target))).Replace('\\', '/').TrimEnd('/'));

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();
}
