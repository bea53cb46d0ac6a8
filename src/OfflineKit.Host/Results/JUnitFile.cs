using System.Text;
using OfflineKit.Host.Batches;

namespace OfflineKit.Host.Results;

/// <summary>Results as JUnit XML: a file is a test case, invalid is a failure, undecided an error.</summary>
internal static class JUnitFile
{
    /// <summary>Writes the document.</summary>
    public static void Write(Stream output, ResultSet results)
    {
        using StreamWriter xml = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        long failures = results.Summary.Of(BatchResult.Invalid), unfinished = results.Summary.IsComplete ? 0 : 1;
        long errors = results.Summary.NotValid - failures + unfinished, tests = results.Summary.Total + unfinished;
        xml.WriteLine("""<?xml version="1.0" encoding="UTF-8"?>""");
        xml.WriteLine($"""<testsuites name="offlinekit" tests="{tests}" failures="{failures}" errors="{errors}" skipped="0">""");
        xml.WriteLine($"""<testsuite name="offlinekit" tests="{tests}" failures="{failures}" errors="{errors}" skipped="0" timestamp="{ReportText.Markup(results.Header.StartedAt.TrimEnd('Z'))}">""");
        xml.WriteLine($"<properties>{string.Concat(results.Policies.Select(policy => $"""<property name="policy" value="{ReportText.Markup(policy)}"/>"""))}</properties>");
        foreach (ResultRow row in results.Rows)
        {
            Case(xml, row);
        }

        if (!results.Summary.IsComplete)
        {
            xml.WriteLine("""<testcase name="(the whole list)" classname="offlinekit"><error type="incomplete" message="the run was stopped before its end"/></testcase>""");
        }

        xml.WriteLine("</testsuite>");
        xml.WriteLine("</testsuites>");
    }

    private static void Case(StreamWriter xml, ResultRow row)
    {
        BatchResult result = row.Result;
        xml.Write($"""<testcase name="{ReportText.Markup(result.Path)}" classname="offlinekit.{ReportText.Markup(row.Format.Length > 0 ? row.Format : result.Status)}" """.TrimEnd());
        if (result.Status == BatchResult.Valid)
        {
            xml.WriteLine("/>");
            return;
        }

        string element = result.Status == BatchResult.Invalid ? "failure" : "error";
        xml.WriteLine($"""><{element} type="{ReportText.Markup(result.Reason)}" message="{ReportText.Markup(result.Detail)}">{ReportText.Markup(row.Meaning)}; next: {ReportText.Markup(row.NextStep)}</{element}></testcase>""");
    }
}
