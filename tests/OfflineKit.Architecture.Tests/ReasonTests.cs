using OfflineKit.Host.Results;
using OfflineKit.Testing;
using System.Text;
using System.Text.RegularExpressions;

namespace OfflineKit.Architecture.Tests;

/// <summary>Every reason is written down for people, and nothing else is.</summary>
public sealed partial class ReasonTests
{
    [Fact]
    public void The_page_of_reason_codes_says_exactly_what_the_code_says() => Sources.AssertSnapshot("docs/reason-codes.md", Page());

    [Fact]
    public void Every_code_is_spelled_as_agreed_and_given_once()
    {
        Sources.AssertNone(KnownReasons.All.Where(reason => !Code().IsMatch(reason.Code)).Select(reason => reason.Code));
        Sources.AssertNone(UndecidedReasons.Explained.GroupBy(reason => reason.Code, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Every_class_of_reasons_is_known()
    {
        IEnumerable<string> forgotten = typeof(Verifier).Assembly.GetTypes().Concat(typeof(UndecidedReasons).Assembly.GetTypes())
            .SelectMany(type => type.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Reason))
            .Select(field => (Reason)field.GetValue(null)!)
            .Where(reason => !UndecidedReasons.Explained.Contains(reason))
            .Select(reason => reason.Code);
        Sources.AssertNone(forgotten);
    }

    [Fact]
    public void Meaning_and_next_step_are_one_line_without_a_final_period() =>
        Sources.AssertNone(UndecidedReasons.Explained
            .Where(reason => (reason.Meaning + reason.NextStep).Contains('\n', StringComparison.Ordinal) || reason.Meaning.EndsWith('.') || reason.NextStep.EndsWith('.') || reason.Meaning.Length < 10 || reason.NextStep.Length < 10)
            .Select(reason => reason.Code));

    private static string Page()
    {
        StringBuilder page = new("# Reason codes\n\nEvery refusal names one of these. A code is never renamed and never reused; `offlinekit explain CODE` shows the same text.\nThis page is written from the code: `UPDATE=1` with the architecture tests.\n");
        foreach (IGrouping<string, Reason> area in KnownReasons.All.GroupBy(reason => reason.Code.Split('.')[0], StringComparer.Ordinal).OrderBy(area => area.Key, StringComparer.Ordinal))
        {
            page.Append($"\n## {area.Key}\n");
            foreach (Reason reason in area.OrderBy(reason => reason.Code, StringComparer.Ordinal))
            {
                page.Append(Entry(reason));
            }
        }

        page.Append("\n## Nothing decided\n\nResults and answers carry these where there is no verdict.\n");
        foreach (Reason reason in UndecidedReasons.All)
        {
            page.Append(Entry(reason));
        }

        return page.ToString();
    }

    private static string Entry(Reason reason) => $"\n### {reason.Code}\n\n{PageItem.Of($"means: {reason.Meaning}")}{PageItem.Of($"next: {reason.NextStep}")}";

    [GeneratedRegex("^[a-z0-9-]+\\.[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
