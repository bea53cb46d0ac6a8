using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OfflineKit.X509;

/// <summary>Whether two names are the same one.</summary>
internal enum NameComparison
{
    /// <summary>Nobody can say: the values are in a form that is not compared here. Exclusion takes it for the same name, permission for another.</summary>
    Unknown,

    /// <summary>Two names.</summary>
    Different,

    /// <summary>One name, in one spelling or in two.</summary>
    Same,
}

/// <summary>A text of a name as it is compared: without regard to case, to blanks at its ends, to runs of blanks and to characters that show nothing.</summary>
/// <param name="Text">The prepared text.</param>
/// <param name="IsExact">Every character is one whose preparation is known here; else the text may equal others that look different.</param>
/// <remarks>
/// Source: RFC 4518 §2, which RFC 5280 §7.1 demands. Its compatibility normalisation (NFKC) needs tables that the invariant runtime does not have; so the
/// characters that NFKC leaves alone are listed, and a text with any other one is not exact.
/// </remarks>
internal readonly record struct PreparedText(string Text, bool IsExact)
{
    // First and last of each run. Each character is its own NFKC form, combines with none of the others, and folds to one character (but for the sharp s).
    private static readonly ImmutableArray<(char First, char Last)> Stable =
    [
        ('\u00A1', '\u00A7'), ('\u00A9', '\u00A9'), ('\u00AB', '\u00AC'), ('\u00AE', '\u00AE'), ('\u00B0', '\u00B1'), ('\u00B6', '\u00B7'), ('\u00BB', '\u00BB'), ('\u00BF', '\u012F'),
        ('\u0134', '\u013E'), ('\u0141', '\u0148'), ('\u014A', '\u017E'), ('\u0180', '\u01C3'), ('\u01CD', '\u01EF'), ('\u01F4', '\u024F'),
        ('\u0386', '\u0386'), ('\u0388', '\u038A'), ('\u038C', '\u038C'), ('\u038E', '\u038F'), ('\u0391', '\u03A1'), ('\u03A3', '\u03AF'), ('\u03B1', '\u03CE'),
        ('\u0400', '\u0481'), ('\u048A', '\u052F'), ('\u0531', '\u0556'), ('\u0561', '\u0586'), ('\u05D0', '\u05EA'), ('\u0621', '\u063A'), ('\u0641', '\u064A'),
        ('\u0660', '\u0669'), ('\u0671', '\u0674'), ('\u0905', '\u0939'), ('\u0E01', '\u0E30'), ('\u10D0', '\u10FA'), ('\u2013', '\u2015'), ('\u2018', '\u201E'),
        ('\u2020', '\u2022'), ('\u3041', '\u3096'), ('\u30A1', '\u30FA'), ('\u3400', '\u4DBF'), ('\u4E00', '\u9FFF'), ('\uAC00', '\uD7A3'),
    ];

    /// <summary><paramref name="text"/>, prepared.</summary>
    public static PreparedText Of(string text)
    {
        StringBuilder prepared = new(text.Length);
        bool isExact = true;
        foreach (char c in text)
        {
            if (IsBlank(c))
            {
                Append(prepared, ' ');
            }
            else if (c == 'ß')
            {
                prepared.Append("ss");
            }
            else if (!IsNothing(c))
            {
                isExact &= char.IsAscii(c) || IsStable(c);
                prepared.Append(char.ToLowerInvariant(char.ToUpperInvariant(c)));
            }
        }

        return new PreparedText(prepared.ToString().Trim(' '), isExact);
    }

    /// <summary>Whether this text and <paramref name="other"/> are the same name.</summary>
    public NameComparison CompareWith(PreparedText other) =>
        string.Equals(Text, other.Text, StringComparison.Ordinal) ? NameComparison.Same
        : IsExact && other.IsExact ? NameComparison.Different
        : NameComparison.Unknown;

    private static void Append(StringBuilder prepared, char blank)
    {
        if (prepared.Length == 0 || prepared[^1] != blank)
        {
            prepared.Append(blank);
        }
    }

    private static bool IsBlank(char c) => c is '\u0085' or (>= '\t' and <= '\r') || char.IsSeparator(c);

    // Controls, soft hyphens, joiners and other format characters (RFC 4518 §2.2).
    private static bool IsNothing(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;

    private static bool IsStable(char c)
    {
        foreach ((char first, char last) in Stable)
        {
            if (c >= first && c <= last)
            {
                return true;
            }
        }

        return false;
    }
}
