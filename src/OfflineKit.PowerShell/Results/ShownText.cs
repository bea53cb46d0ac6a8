using System.Globalization;
using System.Text;

namespace OfflineKit.PowerShell;

/// <summary>Text that a terminal shows and does not obey.</summary>
internal static class ShownText
{
    /// <summary><paramref name="value"/> as one line: no control character survives, nor do the marks that turn the direction of writing.</summary>
    public static string Line(string value)
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
