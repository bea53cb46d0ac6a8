using System.Globalization;
using System.Text;
using OfflineKit.Host.Batches;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Results;

/// <summary>Results as one page that needs nothing else: it opens from a file share, prints, and carries its data.</summary>
/// <remarks>Nothing on the page runs: its policy forbids every script, and the data are in a block that browsers only keep.</remarks>
internal static class HtmlPage
{
    private const int MostRows = 2000;

    private const string Style = """
        :root{--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--good:#116329;--bad:#a40e26;--paper:#fff;--band:#f6f8fa}
        *{box-sizing:border-box}body{margin:0 auto;max-width:75rem;padding:1.5rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
        h1{margin:0;font-size:1.9rem}h2{margin:2.2rem 0 .6rem;font-size:1.25rem}
        .verdict{padding:1.1rem 1.4rem;border-left:.6rem solid;border-radius:.3rem;background:var(--band)}.good{border-color:var(--good)}.bad{border-color:var(--bad)}
        .good h1{color:var(--good)}.bad h1{color:var(--bad)}.verdict p{margin:.4rem 0 0}
        .wide{overflow-x:auto}table{border-collapse:collapse;table-layout:fixed;width:100%;min-width:46rem;font-size:.92rem}tbody tr:nth-child(even){background:#fafbfc}caption{text-align:left;color:var(--dim);padding-bottom:.3rem}
        th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}thead th{background:var(--band);border-bottom:2px solid var(--line)}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal}code{font:.88em ui-monospace,monospace}.dim{color:var(--dim);font-weight:normal}.r{overflow-wrap:normal}
        svg{width:100%;max-width:50rem;height:auto}rect{fill:#0a4fa3}path{stroke:var(--dim)}text{font-size:13px;fill:var(--ink)}
        @media print{@page{margin:14mm}body{max-width:none;padding:0;font-size:10pt}.wide{overflow:visible}table{min-width:0;font-size:8.5pt}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}.verdict,thead th{print-color-adjust:exact}}
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
        Asked(page, results);
        Signers(page, results);
        Times(page, results);
        Roots(page, results);
        Trusted(page, results);
        Notes(page, results);
        page.WriteLine("</main>");
        Embed(page, results);
        page.WriteLine("</body></html>");
    }

    private static void Verdict(StreamWriter page, ResultSet results)
    {
        BatchSummary summary = results.Summary;
        long valid = summary.Total - summary.NotValid;
        bool all = summary.Outcome == Outcome.Trusted;
        string words = all ? "All files are trusted" : !summary.IsComplete ? "The run was not finished" : summary.Total == 0 ? "No file was verified" : "Not all files are trusted";
        page.WriteLine($"<header class=\"verdict {(all ? "good" : "bad")}\"><h1>{words}</h1>");
        page.WriteLine($"<p><strong>{Number(valid)}</strong> of <strong>{Number(summary.Total)}</strong> files are trusted, <strong>{Number(summary.NotValid)}</strong> are not. Verified on {ReportText.Markup(results.Header.StartedAt)} with offlinekit {ReportText.Markup(results.Header.Build)}.</p>");
        page.WriteLine($"<p>Policy: {string.Join("<br>", results.Policies.Select(ReportText.Markup))}</p></header>");
    }

    // Every parameter of the question: whom to trust, what was demanded, what was permitted.
    private static void Asked(StreamWriter page, ResultSet results) => Table(
        page, "What was asked", $"Parameters of the run; question {ReportText.Markup(results.Header.Question)}", ["99 Parameter"],
        (results.Header.Asked is { IsEmpty: false } asked ? asked : [results.Header.Asked is null ? "not recorded" : "none was given"]).Select(text => new[] { Code(text) }));

    // What the results leave open, and what no verdict says.
    private static void Notes(StreamWriter page, ResultSet results)
    {
        LargestGroups notes = results.Facts.Notes.Largest(MostRows);
        if (notes.All > 0)
        {
            Table(page, "What remains to be known", $"Notes of the results, and on how many files each was made{Omitted(notes, "notes")}", ["88 Note", "12 #Files"], notes.Groups
                .Select(group => new[] { $"<span class=\"dim\">{ReportText.Markup(group.Labels[0])}</span>", Number(group.Count) }));
        }

        page.WriteLine($"<p>{Caveats}</p>");
    }

    private const string Caveats = "A verdict says who signed these bytes. It does not say that the signer is honest, that nothing was left out unless a signed list says what belongs there, or what was revoked after the trust roots were retrieved.";

    // Trusted ones last; before them the largest first, those of one size by reason.
    private static void Counts(StreamWriter page, ResultSet results)
    {
        LargestGroups outcomes = results.Facts.Outcomes.Largest(MostRows);
        string trusted = Standing.Trusted.InWords();
        Table(page, "Counts", $"Results by outcome and first reason{Omitted(outcomes, "reasons")}", ["14 Outcome", "26 Reason", "48 Meaning", "12 #Files"], outcomes.Groups
            .OrderBy(group => group.Labels[0] == trusted ? 1 : 0)
            .Select(group => new[] { ReportText.Markup(group.Labels[0]), Code(group.Labels[1]), ReportText.Markup(group.Labels[2]), Number(group.Count) }));
    }

    // Every one, however many: nobody should have to look for a failure elsewhere.
    private static void Failures(StreamWriter page, ResultSet results)
    {
        long failed = results.Summary.NotValid;
        if (failed > 0)
        {
            Table(page, "What failed, and what to do next", failed == 1 ? "The one file that is not trusted" : $"All {Number(failed)} files that are not trusted", ["27 File", "13 Outcome", "15 Reason", "25 What was seen", "20 Next step"], results.Refused
                .Select(row => new[] { Pair(row), ReportText.Markup(row.Result.Standing.InWords()), $"<span class=\"r\">{Code(row.Result.Reason)}</span>", ReportText.Markup(row.Result.Detail), ReportText.Markup(row.NextStep) }));
        }
    }

    private static void Signers(StreamWriter page, ResultSet results)
    {
        LargestGroups signers = results.Facts.Signers.Largest(MostRows);
        Table(page, "Who signed what", $"Proved signers of trusted files{Omitted(signers, "signers")}", ["20 Signer", "30 Key or issuer", "16 Trusted through", "24 Files, the first of them", "10 #Files"], signers.Groups
            .Select(group => new[]
            {
                ReportText.Markup(group.Labels[0]), Code(group.Labels[1]), ReportText.Markup(group.Labels[2]), ReportText.Markup(string.Join(", ", group.FirstPaths)), Number(group.Count),
            }));
    }

    private static void Times(StreamWriter page, ResultSet results)
    {
        ResultFacts facts = results.Facts;
        page.WriteLine("<section><h2>When it was signed</h2>");
        page.WriteLine(facts.Times > 0
            ? Timeline.Draw(results.Rows.Select(row => row.SignedAt).OfType<DateTimeOffset>(), facts.Times, facts.Span.First, facts.Span.Last)
            : "<p class=\"dim\">No signature has a proved time.</p>");
        page.WriteLine("</section>");
    }

    private static void Roots(StreamWriter page, ResultSet results)
    {
        DateTimeOffset started = Rfc3339.Parse(results.Header.StartedAt, "startedAt");
        LargestGroups roots = results.Facts.Roots.Largest(MostRows);
        Table(page, "Trust roots and their age", $"Roots that were in force when the files were verified{Omitted(roots, "roots")}", ["26 Root", "40 Source", "18 Retrieved on", "16 #Age in days"], roots.Groups
            .OrderBy(group => group.Labels[0], StringComparer.Ordinal)
            .Select(group => new[] { ReportText.Markup(group.Labels[0]), ReportText.Markup(group.Labels[1]), ReportText.Markup(group.Labels[2]), ReportText.Markup(Age(group.Labels[2], started)) }));
    }

    // One by one while somebody may read them; then by folder, format and signer.
    private static void Trusted(StreamWriter page, ResultSet results)
    {
        long trusted = results.Summary.Of(BatchResult.Valid);
        if (trusted > ResultFacts.MostListed)
        {
            TrustedGroups(page, trusted, results.Facts.Trusted.Largest(MostRows));
        }
        else if (trusted > 0)
        {
            Table(page, "Trusted files", $"{Number(trusted)} files", ["24 File", "10 Format", "16 Signed by", "14 Signed at", "26 Digest", "10 #Bytes"], results.Facts.Listed.Select(row => new[]
            {
                ReportText.Markup(row.Result.Path + (row.Result.IsResumed ? " (kept from an earlier run)" : "")),
                ReportText.Markup(row.Format),
                ReportText.Markup(row.SignerNames),
                row.SignedAt is { } time ? UtcText.Seconds(time) : "",
                Digests(row),
                row.Size < 0 ? "" : Number(row.Size),
            }));
        }
    }

    private static void TrustedGroups(StreamWriter page, long trusted, LargestGroups groups)
    {
        string caption = $"{Number(trusted)} files, too many to list: grouped by folder, format and signer{Omitted(groups, "groups")}. Each file is in the data of this page";
        Table(page, "Trusted files", caption, ["28 Folder", "12 Format", "18 Signed by", "20 First and last file", "09 #Files", "13 #Bytes"], groups.Groups.Select(group => new[]
        {
            ReportText.Markup(group.Labels[0]),
            ReportText.Markup(group.Labels[1]),
            ReportText.Markup(group.Labels[2]),
            $"{ReportText.Markup(NameOf(group.Least))} … {ReportText.Markup(NameOf(group.Greatest))}",
            Number(group.Count),
            Number(group.Bytes),
        }));
    }

    // What is left out of a table is said in its caption.
    private static string Omitted(LargestGroups groups, string what) => groups.All == groups.Groups.Length
        ? ""
        : $"; the largest {Number(groups.Groups.Length)} of {Number(groups.All)} {what}, the others have {Number(groups.Besides)} files";

    // The artefact's own, and that of whatever else was signed, such as the list of an export.
    private static string Digests(ResultRow row) => string.Join("<br>", row.Covers.Where(covered => covered.Digest != row.Digest).Select(covered => $"{ReportText.Markup(covered.Name)}: {Code(covered.Digest)}").Prepend(Code(row.Digest)).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal));

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    // A < can only stand inside a string of JSON: escaped there, nothing ends the block.
    private static void Embed(StreamWriter page, ResultSet results)
    {
        page.Write("<script type=\"application/json\" id=\"results\">[");
        string separator = "\n";
        foreach (byte[] line in results.Lines)
        {
            page.Write(separator);
            page.Write(System.Text.Encoding.UTF8.GetString(line).Replace("<", "\\u003c", StringComparison.Ordinal));
            separator = ",\n";
        }

        page.WriteLine("\n]</script>");
    }

    // A column is written as its share of the width in percent (two digits), a # when it holds numbers, and its heading.
    private static void Table(StreamWriter page, string title, string caption, string[] columns, IEnumerable<string[]> rows)
    {
        page.WriteLine($"<section><h2>{title}</h2><div class=\"wide\" role=\"region\" aria-label=\"{title}\" tabindex=\"0\"><table><caption>{caption}</caption>");
        page.WriteLine($"<colgroup>{string.Concat(columns.Select(column => $"<col style=\"width:{column[..2].Trim()}%\">"))}</colgroup><thead><tr>");
        page.WriteLine(string.Concat(columns.Select(column => $"<th scope=\"col\"{Kind(column)}>{column[3..].TrimStart('#')}</th>")));
        page.WriteLine("</tr></thead><tbody>");
        foreach (string[] row in rows)
        {
            page.Write($"<tr><th scope=\"row\">{row[0]}</th>");
            page.Write(string.Concat(row.Skip(1).Select((cell, i) => $"<td{Kind(columns[i + 1])}>{cell}</td>")));
            page.WriteLine("</tr>");
        }

        page.WriteLine("</tbody></table></div></section>");
    }

    private static string Kind(string head) => head[3] == '#' ? " class=\"n\"" : "";

    private static string Code(string text) => text.Length == 0 ? "" : $"<code>{ReportText.Markup(text)}</code>";

    // One artefact may have many signatures.
    private static string Pair(ResultRow row) => ReportText.Markup(row.Result.Path) + Dim(row.Signature) + Dim(row.Digest);

    private static string Dim(string text) => text.Length > 0 ? $"<br><span class=\"dim\">{ReportText.Markup(text)}</span>" : "";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Age(string day, DateTimeOffset now) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly retrieved)
            ? (DateOnly.FromDateTime(now.UtcDateTime).DayNumber - retrieved.DayNumber).ToString(CultureInfo.InvariantCulture)
            : "unknown";
}
