using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell.Reports;

/// <summary>Results as text in one of the report forms. Names and details come from files that nobody trusts: every form escapes them.</summary>
internal static class ReportText
{
    /// <summary>The report on <paramref name="results"/> in the form called <paramref name="form"/>.</summary>
    public static string Of(string form, IReadOnlyList<ReportRow> results)
    {
        switch (form)
        {
            case "Csv": return Csv(results);
            case "JUnit": return MarkupReports.JUnit(results);
            case "Html": return MarkupReports.Html(results);
            case "Text": return Text(results);
            default: return Json(results);
        }
    }

    /// <summary>How many of <paramref name="results"/> are not valid.</summary>
    public static int Refused(IReadOnlyList<ReportRow> results)
    {
        int refused = 0;
        foreach (ReportRow result in results)
        {
            refused += result.IsRefused ? 1 : 0;
        }

        return refused;
    }

    /// <summary>Every policy under which any of <paramref name="results"/> was decided, each once.</summary>
    public static IEnumerable<string> Policies(IReadOnlyList<ReportRow> results)
    {
        SortedSet<string> policies = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ReportRow result in results)
        {
            policies.UnionWith(result.Texts("Policies"));
        }

        return policies;
    }

    // Signatures alone, without a file that is valid by them, prove nothing.
    private static bool IsTrusted(IReadOnlyList<ReportRow> results)
    {
        bool isAnyValid = false;
        foreach (ReportRow result in results)
        {
            isAnyValid |= result.IsValid;
        }

        return isAnyValid && Refused(results) == 0;
    }

    private static string Json(IReadOnlyList<ReportRow> results)
    {
        StringBuilder text = new StringBuilder("{\"version\":1,\"trusted\":").Append(IsTrusted(results) ? "true" : "false");
        text.Append(",\"artifacts\":").Append(results.Count.ToString(CultureInfo.InvariantCulture)).Append(",\"results\":[");
        for (int i = 0; i < results.Count; i++)
        {
            ReportRow result = results[i];
            text.Append(i > 0 ? "," : "").Append('\n').Append(new JsonLine()
                .Add("path", result.FullName).Add("status", result.Status).Add("reason", result.Text("Reason")).Add("reasonCode", result.Text("ReasonCode"))
                .Add("detail", result.Text("Detail")).Add("nextStep", result.Text("NextStep")).Add("format", result.Text("Format")).Add("signer", result.Text("Signer")).Add("keyId", result.Text("KeyId"))
                .Add("signedAt", result.Text("SignedAt")).Add("digest", result.Text("Digest")).Add("signaturePath", result.Text("SignaturePath"))
                .Add("checks", result.Texts("Checks")).Add("policies", result.Texts("Policies")));
        }

        return text.Append("\n]}\n").ToString();
    }

    private static string Csv(IReadOnlyList<ReportRow> results)
    {
        StringBuilder text = new StringBuilder("Path,Status,Reason,ReasonCode,Detail,Format,Signer,KeyId,SignedAt,Digest,SignaturePath,Policies\r\n");
        foreach (ReportRow result in results)
        {
            string[] cells =
            {
                result.FullName, result.Status, result.Text("Reason"), result.Text("ReasonCode"), result.Text("Detail"), result.Text("Format"), result.Text("Signer"), result.Text("KeyId"),
                result.Text("SignedAt"), result.Text("Digest"), result.Text("SignaturePath"), string.Join("; ", result.Texts("Policies")),
            };
            text.Append(string.Join(",", Array.ConvertAll(cells, Cell))).Append("\r\n");
        }

        return text.ToString();
    }

    // A spreadsheet runs what begins like a formula: such a cell begins with an apostrophe instead.
    private static string Cell(string value)
    {
        bool formula = value.Length > 0 && "=+-@\t\r".IndexOf(value[0]) >= 0;
        return "\"" + (formula ? "'" : "") + ShownText.Line(value).Replace("\"", "\"\"") + "\"";
    }

    private static string Text(IReadOnlyList<ReportRow> results)
    {
        StringBuilder text = new StringBuilder();
        foreach (ReportRow result in results)
        {
            text.Append(result.Status.PadRight(10)).Append(ShownText.Line(result.FullName)).Append('\n');
            if (result.IsValid)
            {
                text.Append("          signed by ").Append(ShownText.Line(result.Text("Signer"))).Append(" (").Append(ShownText.Line(result.Text("Format"))).Append(")\n");
            }
            else if (result.IsRefused)
            {
                text.Append("          ").Append(ShownText.Line(result.Text("ReasonCode").Length > 0 ? result.Text("ReasonCode") : result.Text("Reason"))).Append(": ").Append(ShownText.Line(result.Text("Detail"))).Append('\n');
            }
        }

        foreach (string policy in Policies(results))
        {
            text.Append("policy: ").Append(ShownText.Line(policy)).Append('\n');
        }

        return text.Append($"{results.Count} artefact(s), {Refused(results)} not trusted\n").ToString();
    }
}
