using System.Globalization;
using System.Text;
using OfflineKit.Cli.Batches;
using OfflineKit.Encoding;

namespace OfflineKit.Cli.Results;

/// <summary>Results as one page that needs nothing else: it opens from a file share, prints, and carries its data.</summary>
/// <remarks>Nothing on the page runs: its policy forbids every script, and the data are in a block that browsers only keep.</remarks>
internal static class HtmlPage
{
    private const int MostRows = 2000, MostNames = 3;

    private const string Style = """
        :root{--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--good:#116329;--bad:#a40e26;--paper:#fff;--band:#f6f8fa}
        *{box-sizing:border-box}body{margin:0 auto;max-width:75rem;padding:1.5rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
        h1{margin:0;font-size:1.9rem}h2{margin:2.2rem 0 .6rem;font-size:1.25rem}
        .verdict{padding:1.1rem 1.4rem;border-left:.6rem solid;border-radius:.3rem;background:var(--band)}.good{border-color:var(--good)}.bad{border-color:var(--bad)}
        .good h1{color:var(--good)}.bad h1{color:var(--bad)}.verdict p{margin:.4rem 0 0}
        table{border-collapse:collapse;width:100%;font-size:.92rem}caption{text-align:left;color:var(--dim);padding-bottom:.3rem}
        th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}thead th{background:var(--band);border-bottom:2px solid var(--line)}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal}code{font:.88em ui-monospace,monospace}.dim{color:var(--dim);font-weight:normal}.r{overflow-wrap:normal}
        svg{width:100%;max-width:50rem;height:auto}rect{fill:#0a4fa3}path{stroke:var(--dim)}text{font-size:13px;fill:var(--ink)}
        @media print{body{max-width:none;padding:0;font-size:10pt}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}.verdict,thead th{print-color-adjust:exact}}
        """;

    /// <summary>Writes the page.</summary>
    public static void Write(Stream output, ResultSet results)
    {
        using StreamWriter page = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        page.WriteLine("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.WriteLine("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        page.WriteLine("<meta name=\"viewport\" content=\"width=device-width\"><title>Verification report</title>");
        page.WriteLine($"<style>\n{Style}\n</style></head><body>");
        Verdict(page, results);
        page.WriteLine("<main>");
        Counts(page, results);
        Failures(page, results);
        Signers(page, results);
        Times(page, results);
        Roots(page, results);
        Files(page, results);
        page.WriteLine("</main>");
        Embed(page, results);
        page.WriteLine("</body></html>");
    }

    private static void Verdict(StreamWriter page, ResultSet results)
    {
        BatchSummary summary = results.Summary;
        long valid = summary.Total - summary.NotValid;
        bool all = summary.ExitCodeOfRun == ExitCode.Trusted;
        string words = all ? "All files are trusted" : !summary.IsComplete ? "The run was not finished" : summary.Total == 0 ? "No file was verified" : "Not all files are trusted";
        page.WriteLine($"<header class=\"verdict {(all ? "good" : "bad")}\"><h1>{words}</h1>");
        page.WriteLine($"<p><strong>{valid}</strong> of <strong>{summary.Total}</strong> files are trusted, <strong>{summary.NotValid}</strong> are not. Verified on {Words.Markup(results.Header.StartedAt)} with offlinekit {Words.Markup(results.Header.Engine)}.</p></header>");
    }

    private static void Counts(StreamWriter page, ResultSet results)
    {
        Table(page, "Counts", "Results by outcome and first reason", ["Outcome", "Reason", "Meaning", "#Files"], results.Rows
            .GroupBy(row => (row.Result.Status, row.Result.Reason))
            .OrderBy(group => group.Key.Status == BatchResult.Valid ? 1 : 0).ThenByDescending(group => group.Count()).ThenBy(group => group.Key.Reason, StringComparer.Ordinal)
            .Select(group => new[] { Words.Markup(group.Key.Status), Code(group.Key.Reason), Words.Markup(group.First().Meaning), Number(group.Count()) }));
    }

    private static void Failures(StreamWriter page, ResultSet results)
    {
        ResultRow[] failed = [.. results.Rows.Where(row => row.Result.Status != BatchResult.Valid)];
        if (failed.Length > 0)
        {
            Table(page, "What failed, and what to do next", Shown(failed.Length), ["File", "Reason", "What was seen", "Next step"], failed.Take(MostRows)
                .Select(row => new[] { Pair(row), $"<span class=\"r\">{Code(row.Result.Reason)}</span>", Words.Markup(row.Result.Detail), Words.Markup(row.NextStep) }));
        }
    }

    private static void Signers(StreamWriter page, ResultSet results)
    {
        Table(page, "Who signed what", "Proved signers of trusted files", ["Signer", "Key or issuer", "Trusted through", "Files, the first of them", "#Files"], results.Rows
            .SelectMany(row => row.Signers.Distinct().Select(signer => (Signer: signer, row.Result.Path)))
            .GroupBy(pair => pair.Signer)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Name, StringComparer.Ordinal)
            .Take(MostRows)
            .Select(group => new[]
            {
                Words.Markup(group.Key.Name), Code(group.Key.By), Words.Markup(group.Key.Root), Words.Markup(string.Join(", ", group.Take(MostNames).Select(pair => pair.Path))), Number(group.Count()),
            }));
    }

    private static void Times(StreamWriter page, ResultSet results)
    {
        DateTimeOffset[] times = [.. results.Rows.Select(row => row.SignedAt).OfType<DateTimeOffset>()];
        page.WriteLine("<section><h2>When it was signed</h2>");
        page.WriteLine(times.Length > 0 ? Timeline.Draw(times) : "<p class=\"dim\">No signature has a proved time.</p>");
        page.WriteLine("</section>");
    }

    private static void Roots(StreamWriter page, ResultSet results)
    {
        DateTimeOffset started = Rfc3339.Parse(results.Header.StartedAt, "startedAt");
        Table(page, "Trust roots and their age", "Roots that were in force when the files were verified", ["Root", "Source", "Retrieved on", "#Age in days"], results.Rows
            .SelectMany(row => row.Roots).Distinct().OrderBy(root => root.Name, StringComparer.Ordinal).Take(MostRows)
            .Select(root => new[] { Words.Markup(root.Name), Words.Markup(root.Source), Words.Markup(root.RetrievedOn), Words.Markup(Age(root.RetrievedOn, started)) }));
    }

    private static void Files(StreamWriter page, ResultSet results)
    {
        Table(page, "All files", Shown(results.Rows.Length), ["File", "Outcome", "Format", "Signed by", "Signed at", "#Bytes"], results.Rows.Take(MostRows).Select(row => new[]
        {
            Words.Markup(row.Result.Path),
            Words.Markup(row.Result.Status + (row.Result.IsResumed ? ", kept" : "")),
            Words.Markup(row.Format),
            Words.Markup(string.Join(", ", row.Signers.Select(signer => signer.Name))),
            row.SignedAt is { } time ? Words.Utc(time) : "",
            row.Size < 0 ? "" : Number(row.Size),
        }));
    }

    // A < can only stand inside a string of JSON: escaped there, nothing ends the block.
    private static void Embed(StreamWriter page, ResultSet results)
    {
        page.Write("<script type=\"application/json\" id=\"results\">[");
        string separator = "\n";
        foreach (ResultRow row in results.Rows)
        {
            page.Write(separator);
            page.Write(System.Text.Encoding.UTF8.GetString(row.Result.Line.Span).Replace("<", "\\u003c", StringComparison.Ordinal));
            separator = ",\n";
        }

        page.WriteLine("\n]</script>");
    }

    // A heading that begins with # is over a column of numbers.
    private static void Table(StreamWriter page, string title, string caption, string[] heads, IEnumerable<string[]> rows)
    {
        page.WriteLine($"<section><h2>{title}</h2><table><caption>{caption}</caption><thead><tr>");
        page.WriteLine(string.Concat(heads.Select(head => $"<th scope=\"col\"{Kind(head)}>{head.TrimStart('#')}</th>")));
        page.WriteLine("</tr></thead><tbody>");
        foreach (string[] row in rows)
        {
            page.Write($"<tr><th scope=\"row\">{row[0]}</th>");
            page.Write(string.Concat(row.Skip(1).Select((cell, i) => $"<td{Kind(heads[i + 1])}>{cell}</td>")));
            page.WriteLine("</tr>");
        }

        page.WriteLine("</tbody></table></section>");
    }

    private static string Kind(string head) => head[0] == '#' ? " class=\"n\"" : "";

    private static string Shown(int count) => count <= MostRows ? $"{count} files" : $"The first {MostRows} of {count} files; all of them are in the data of this page";

    private static string Code(string text) => text.Length == 0 ? "" : $"<code>{Words.Markup(text)}</code>";

    // One artefact may have many signatures.
    private static string Pair(ResultRow row) => Words.Markup(row.Result.Path) + (row.Signature.Length > 0 ? $"<br><span class=\"dim\">{Words.Markup(row.Signature)}</span>" : "");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Age(string day, DateTimeOffset now) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly retrieved)
            ? (DateOnly.FromDateTime(now.UtcDateTime).DayNumber - retrieved.DayNumber).ToString(CultureInfo.InvariantCulture)
            : "unknown";
}
