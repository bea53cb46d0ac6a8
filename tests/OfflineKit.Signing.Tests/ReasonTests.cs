using System.Reflection;
using System.Text;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>Every reason of signing is written down for people, and nothing else is.</summary>
public sealed class ReasonTests
{
    [Fact]
    public void The_page_of_reason_codes_says_exactly_what_the_code_says()
    {
        string file = Repository.Path("docs", "signing-reason-codes.md");
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(file, Page());
        }

        Assert.Equal(Page(), File.ReadAllText(file));
    }

    [Fact]
    public void Every_reason_of_the_code_is_known_once()
    {
        IEnumerable<Reason> all = typeof(SigningKey).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Reason))
            .Select(field => (Reason)field.GetValue(null)!);
        Assert.Equal(all.Select(reason => reason.Code).Order(StringComparer.Ordinal), KnownSigningReasons.All.Select(reason => reason.Code).Order(StringComparer.Ordinal));
        Assert.Empty(KnownSigningReasons.All.GroupBy(reason => reason.Code, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Empty(KnownSigningReasons.All.Where(reason => KnownReasons.Find(reason.Code) is not null).Select(reason => reason.Code));
    }

    [Fact]
    public void Meaning_and_next_step_are_one_line_without_a_final_period() =>
        Assert.Empty(KnownSigningReasons.All
            .Where(reason => (reason.Meaning + reason.NextStep).Contains('\n', StringComparison.Ordinal) || reason.Meaning.EndsWith('.') || reason.NextStep.EndsWith('.') || reason.Meaning.Length < 10 || reason.NextStep.Length < 10)
            .Select(reason => reason.Code));

    [Fact]
    public void The_guides_name_no_reason_that_does_not_exist_and_every_one_of_tokens_and_plugins()
    {
        string signing = File.ReadAllText(Repository.Path("docs", "signing.md"));
        Assert.All(SigningReasons.All, reason => Assert.Contains($"`{reason.Code}`", signing, StringComparison.Ordinal));
        string tokens = File.ReadAllText(Repository.Path("docs", "providers", "pkcs11.md"));
        Assert.All(Pkcs11.TokenReasons.All, reason => Assert.Contains($"`{reason.Code}`", tokens, StringComparison.Ordinal));
        string plugins = File.ReadAllText(Repository.Path("docs", "providers", "plugin.md"));
        Assert.All(OfflineKit.Signing.Plugins.PluginReasons.All, reason => Assert.Contains($"`{reason.Code}`", plugins, StringComparison.Ordinal));
        foreach (string page in Directory.EnumerateFiles(Repository.Path("docs", "providers")).Append(Repository.Path("docs", "signing.md")))
        {
            string[] areas = [.. KnownSigningReasons.All.Select(reason => reason.Code.Split('.')[0]).Distinct(StringComparer.Ordinal)];
            IEnumerable<string> named = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(page), $"`(({string.Join('|', areas)})\\.[a-z0-9-]+)`").Select(match => match.Groups[1].Value);
            Assert.All(named, code => Assert.True(KnownSigningReasons.Find(code) is not null, $"{Path.GetFileName(page)} names {code}"));
        }
    }

    private static string Page()
    {
        StringBuilder page = new(
            "# Reason codes of signing\n\nEvery error of `offlinekit-sign` that is no mistake of usage ends in one of these, or in one of the\n[verifier's](reason-codes.md). In every case nothing was written.\n"
            + "A code is never renamed and never reused; `offlinekit-sign explain CODE` shows the same text.\nThis page is written from the code: `UPDATE=1` with the signing tests.\n");
        foreach (IGrouping<string, Reason> area in KnownSigningReasons.All.GroupBy(reason => reason.Code.Split('.')[0], StringComparer.Ordinal).OrderBy(area => area.Key, StringComparer.Ordinal))
        {
            page.Append($"\n## {area.Key}\n");
            foreach (Reason reason in area.OrderBy(reason => reason.Code, StringComparer.Ordinal))
            {
                page.Append($"\n### {reason.Code}\n\n{PageItem.Of($"means: {reason.Meaning}")}{PageItem.Of($"next: {reason.NextStep}")}");
            }
        }

        return page.ToString();
    }
}
