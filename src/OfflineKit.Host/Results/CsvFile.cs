using System.Globalization;
using System.Text;
using OfflineKit.Encoding;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Results;

/// <summary>Results as comma-separated values.</summary>
/// <remarks>
/// RFC 4180, CRLF, UTF-8. Spreadsheets run a cell that begins like a formula, whatever the separator they cut by: an apostrophe stands before it here.
/// Characters that nobody sees are spelled out, as on a terminal.
/// </remarks>
internal static class CsvFile
{
    // ASCII, and the wide forms that some spreadsheets take for it.
    private const string Formulas = "=+-@\uFF1D\uFF0B\uFF0D\uFF20", Separators = ";|:", Skipped = " \"";

    /// <summary>Writes the table.</summary>
    public static void Write(Stream output, ResultSet results)
    {
        using StreamWriter text = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\r\n" };
        text.WriteLine("path,status,reason,detail,format,size,digest,signature,signers,signed_at,policies");
        foreach (ResultRow row in results.Rows)
        {
            string[] cells =
            [
                row.Result.Path,
                row.Result.Status,
                row.Result.Reason,
                row.Result.Detail,
                row.Format,
                row.Size < 0 ? "" : row.Size.ToString(CultureInfo.InvariantCulture),
                row.Digest,
                row.Signature,
                string.Join("; ", row.Signers.Select(signer => signer.Name)),
                row.SignedAt is { } time ? UtcText.Seconds(time) : "",
                row.Policies is not { } policies ? "" : policies.IsEmpty ? ResultSet.None : string.Join("; ", policies),
            ];
            text.WriteLine(string.Join(',', cells.Select(Cell)));
        }
    }

    // Whoever opens the table chooses the separator, and a quotation mark in the middle of a cell of theirs quotes nothing: so a formula is defused wherever a cell could begin.
    private static string Cell(string value)
    {
        StringBuilder safe = new(TerminalText.Escape(value, int.MaxValue).Replace(@"\\", @"\", StringComparison.Ordinal));
        bool canBegin = true;
        for (int i = 0; i < safe.Length; i++)
        {
            if (canBegin && Formulas.Contains(safe[i], StringComparison.Ordinal))
            {
                safe.Insert(i, '\'');
            }

            canBegin = Separators.Contains(safe[i], StringComparison.Ordinal) || (canBegin && Skipped.Contains(safe[i], StringComparison.Ordinal));
        }

        return safe.ToString().AsSpan().IndexOfAny("\",;|") < 0 ? safe.ToString() : $"\"{safe.Replace("\"", "\"\"")}\"";
    }
}
