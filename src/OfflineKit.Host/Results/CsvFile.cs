using System.Globalization;
using System.Text;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Results;

/// <summary>Results as comma-separated values.</summary>
/// <remarks>
/// RFC 4180, CRLF, UTF-8. Spreadsheets run a cell that begins like a formula: such cells begin with an apostrophe here.
/// </remarks>
internal static class CsvFile
{
    /// <summary>Writes the table.</summary>
    public static void Write(Stream output, ResultSet results)
    {
        using StreamWriter text = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\r\n" };
        text.WriteLine("path,status,reason,detail,format,size,digest,signature,signers,signed_at");
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
            ];
            text.WriteLine(string.Join(',', cells.Select(Cell)));
        }
    }

    private static string Cell(string value)
    {
        string safe = value.Length > 0 && "=+-@\t\r\n".Contains(value[0], StringComparison.Ordinal) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
