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
    public static string Of(string form, IReadOnlyList<PolicySignatureResult> results)
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
    public static int Refused(IReadOnlyList<PolicySignatureResult> results)
    {
        int refused = 0;
        foreach (PolicySignatureResult result in results)
        {
            refused += result.IsValid ? 0 : 1;
        }

        return refused;
    }

    /// <summary>The time of signing in RFC 3339; empty where nothing proves one.</summary>
    public static string SignedAt(PolicySignatureResult result) => result.SignedAt is DateTime time ? UtcTime.Write(time) : "";

    private static string Json(IReadOnlyList<PolicySignatureResult> results)
    {
        StringBuilder text = new StringBuilder("{\"version\":1,\"trusted\":").Append(Refused(results) == 0 ? "true" : "false");
        text.Append(",\"artifacts\":").Append(results.Count.ToString(CultureInfo.InvariantCulture)).Append(",\"results\":[");
        for (int i = 0; i < results.Count; i++)
        {
            PolicySignatureResult result = results[i];
            text.Append(i > 0 ? "," : "").Append('\n').Append(new JsonLine()
                .Add("path", result.Path).Add("status", result.Status.ToString()).Add("reason", result.Reason).Add("reasonCode", result.ReasonCode)
                .Add("detail", result.Detail).Add("nextStep", result.NextStep).Add("format", result.Format).Add("signer", result.Signer).Add("keyId", result.KeyId)
                .Add("signedAt", SignedAt(result)).Add("digest", result.Digest).Add("signaturePath", result.SignaturePath)
                .Add("checks", Array.ConvertAll(result.Checks, check => check.Name + ": " + check.Outcome)));
        }

        return text.Append("\n]}\n").ToString();
    }

    private static string Csv(IReadOnlyList<PolicySignatureResult> results)
    {
        StringBuilder text = new StringBuilder("Path,Status,Reason,ReasonCode,Detail,Format,Signer,KeyId,SignedAt,Digest,SignaturePath\r\n");
        foreach (PolicySignatureResult result in results)
        {
            string[] cells =
            {
                result.Path, result.Status.ToString(), result.Reason, result.ReasonCode, result.Detail, result.Format, result.Signer, result.KeyId,
                SignedAt(result), result.Digest, result.SignaturePath,
            };
            text.Append(string.Join(",", Array.ConvertAll(cells, Cell))).Append("\r\n");
        }

        return text.ToString();
    }

    // A spreadsheet runs what begins like a formula: such a cell begins with an apostrophe instead.
    private static string Cell(string value)
    {
        bool formula = value.Length > 0 && "=+-@\t\r".IndexOf(value[0]) >= 0;
        return "\"" + (formula ? "'" : "") + Line(value).Replace("\"", "\"\"") + "\"";
    }

    private static string Text(IReadOnlyList<PolicySignatureResult> results)
    {
        StringBuilder text = new StringBuilder();
        foreach (PolicySignatureResult result in results)
        {
            text.Append(result.Status.ToString().PadRight(10)).Append(Line(result.Path)).Append('\n');
            if (result.IsValid)
            {
                text.Append("          signed by ").Append(Line(result.Signer)).Append(" (").Append(Line(result.Format)).Append(")\n");
            }
            else
            {
                text.Append("          ").Append(Line(result.ReasonCode)).Append(": ").Append(Line(result.Detail)).Append('\n');
            }
        }

        return text.Append($"{results.Count} artefact(s), {Refused(results)} not trusted\n").ToString();
    }

    // A terminal obeys control characters: none of them survives, nor do the marks that turn the direction of writing.
    private static string Line(string value)
    {
        StringBuilder line = new StringBuilder(value.Length);
        foreach (char c in value)
        {
            UnicodeCategory category = char.GetUnicodeCategory(c);
            bool shown = category != UnicodeCategory.Control && category != UnicodeCategory.Format && category != UnicodeCategory.LineSeparator && category != UnicodeCategory.ParagraphSeparator;
            line.Append(shown ? c.ToString() : "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return line.ToString();
    }
}
