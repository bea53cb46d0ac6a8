using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Results;

/// <summary>Text for reports: untrusted characters made visible, then escaped for markup.</summary>
internal static class ReportText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary><paramref name="untrusted"/> as the content of an element or of a quoted attribute, in HTML and XML.</summary>
    public static string Markup(string untrusted) => Encoder.Encode(TerminalText.Escape(untrusted, limit: 4000));
}
