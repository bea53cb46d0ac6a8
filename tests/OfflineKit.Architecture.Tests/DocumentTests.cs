using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>The pages for people lead where they say.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file() =>
        Sources.AssertNone(
            from page in Sources.Tracked()
            where page.EndsWith(".md", StringComparison.Ordinal) && !page.StartsWith("tests/vectors/", StringComparison.Ordinal)
            from Match link in Link().Matches(File.ReadAllText(Repository.Path(page)))
            let target = link.Groups["target"].Value
            where !File.Exists(At(page, target)) && !Directory.Exists(At(page, target))
            select $"{page}: {target} is not there");

    private static string At(string page, string target) => Path.Combine(Path.GetDirectoryName(Repository.Path(page))!, target);

    // A link with a scheme leads out of the checkout; a fragment alone leads within the page.
    [GeneratedRegex(@"\]\((?<target>[^)\s:#]+)(#[^)\s]*)?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
