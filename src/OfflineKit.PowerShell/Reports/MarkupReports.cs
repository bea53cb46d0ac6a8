using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace OfflineKit.PowerShell.Reports;

/// <summary>The report forms that are markup.</summary>
internal static class MarkupReports
{
    /// <summary>One test case an artefact; refused ones are failures, undecided ones errors.</summary>
    public static string JUnit(IReadOnlyList<ReportRow> results)
    {
        int errors = 0;
        StringBuilder cases = new StringBuilder();
        foreach (ReportRow result in results)
        {
            cases.Append("    <testcase classname=\"OfflineKit\" name=\"").Append(Escaped(result.FullName)).Append('"');
            if (!result.IsRefused)
            {
                cases.Append("/>\n");
                continue;
            }

            errors += result.IsUndecided ? 1 : 0;
            string element = result.IsUndecided ? "error" : "failure";
            cases.Append(">\n      <").Append(element).Append(" type=\"").Append(Escaped(result.Text("Reason"))).Append("\" message=\"").Append(Escaped(result.Text("ReasonCode"))).Append("\">")
                .Append(Escaped(result.Text("Detail"))).Append("</").Append(element).Append(">\n    </testcase>\n");
        }

        string counts = string.Format(
            CultureInfo.InvariantCulture, "tests=\"{0}\" failures=\"{1}\" errors=\"{2}\"", results.Count, ReportText.Refused(results) - errors, errors);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites {counts}>\n  <testsuite name=\"OfflineKit\" {counts}>\n{Properties(results)}{cases}  </testsuite>\n</testsuites>\n";
    }

    private static string Properties(IReadOnlyList<ReportRow> results)
    {
        StringBuilder properties = new StringBuilder();
        foreach (string policy in ReportText.Policies(results))
        {
            properties.Append("      <property name=\"policy\" value=\"").Append(Escaped(policy)).Append("\"/>\n");
        }

        return properties.Length == 0 ? "" : $"    <properties>\n{properties}    </properties>\n";
    }

    /// <summary>One page without scripts and without anything from elsewhere.</summary>
    public static string Html(IReadOnlyList<ReportRow> results)
    {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Verification report</title>\n<style>\n")
            .Append("body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}\n")
            .Append("td{word-break:break-word}.Valid{background:#dfd}.Invalid,.NotSigned,.Error{background:#fdd}\n</style>\n</head>\n<body>\n<h1>Verification report</h1>\n");
        page.Append($"<p>{results.Count} artefact(s), {ReportText.Refused(results)} not trusted</p>\n");
        foreach (string policy in ReportText.Policies(results))
        {
            page.Append("<p>Policy: ").Append(Escaped(policy)).Append("</p>\n");
        }

        page.Append("<table>\n")
            .Append("<tr><th>Status</th><th>Artefact</th><th>Format</th><th>Signer</th><th>Signed at</th><th>Reason</th><th>Digest</th></tr>\n");
        foreach (ReportRow result in results)
        {
            string reason = !result.IsRefused ? "" : result.Text("ReasonCode") + ": " + result.Text("Detail");
            page.Append("<tr class=\"").Append(Escaped(result.Status)).Append('"').Append('>');
            foreach (string cell in new[] { result.Status, result.FullName, result.Text("Format"), result.Text("Signer"), result.Text("SignedAt"), reason, result.Text("Digest") })
            {
                page.Append("<td>").Append(Escaped(cell)).Append("</td>");
            }

            page.Append("</tr>\n");
        }

        return page.Append("</table>\n</body>\n</html>\n").ToString();
    }

    // XML 1.0 has no control characters at all, and halves of surrogate pairs are no text.
    private static string Escaped(string value)
    {
        StringBuilder text = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool pair = char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            switch (c)
            {
                case '<': text.Append("&lt;"); break;
                case '>': text.Append("&gt;"); break;
                case '&': text.Append("&amp;"); break;
                case '"': text.Append("&quot;"); break;
                case '\'': text.Append("&#39;"); break;
                default:
                    bool shown = pair || (!char.IsSurrogate(c) && !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format && c < '\uFFFE');
                    text.Append(shown ? c.ToString() : "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
            }

            if (pair)
            {
                text.Append(value[++i]);
            }
        }

        return text.ToString();
    }
}
