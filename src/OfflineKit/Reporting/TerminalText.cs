using System.Globalization;
using System.Text;

namespace OfflineKit.Reporting;

/// <summary>Makes untrusted text safe to show: control, bidirectional, invisible and unassigned characters are written as escapes.</summary>
public static class TerminalText
{
    /// <summary><paramref name="untrusted"/> with every character that could move a cursor or hide text spelled <c>\u{…}</c>, cut after <paramref name="limit"/> characters.</summary>
    public static string Escape(string untrusted, int limit = 1000)
    {
        StringBuilder safe = new();
        foreach (Rune rune in untrusted.EnumerateRunes())
        {
            if (safe.Length >= limit)
            {
                return safe.Append('…').ToString();
            }

            if (rune.Value == '\\' || IsUnsafe(rune))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
            else
            {
                safe.Append(rune.ToString());
            }
        }

        return safe.ToString();
    }

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
