using System.Globalization;
using System.Text;

namespace OfflineKit.Encoding;

/// <summary>Several texts as one that can be taken apart in one way only: what is compared or hashed as a whole is made by this and never by joining, since every separator may stand in a text.</summary>
/// <remarks>Each text as a netstring (D. J. Bernstein, 1997): its length, a colon, the text, a comma. No text at all is a lone hyphen, which the empty text is not.</remarks>
internal static class Netstring
{
    /// <summary>All of <paramref name="texts"/>, in their order; lists in lists are netstrings of netstrings.</summary>
    public static string List(params IEnumerable<string?> texts)
    {
        StringBuilder list = new();
        foreach (string? text in texts)
        {
            Append(list, text);
        }

        return list.ToString();
    }

    /// <summary>Adds <paramref name="text"/> to the list <paramref name="list"/>.</summary>
    public static void Append(StringBuilder list, string? text)
    {
        if (text is null)
        {
            list.Append('-');
            return;
        }

        list.Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text).Append(',');
    }
}
