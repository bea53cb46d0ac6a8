using System.Globalization;
using System.Text;

namespace OfflineKit.Reporting;

/// <summary>Characters that a reader does not see, or takes for a blank: two texts that look alike would not be alike.</summary>
/// <remarks>Source: Unicode 16, DerivedCoreProperties, Default_Ignorable_Code_Point; categories of UAX #44. Private and unassigned characters look like nothing known.</remarks>
internal static class InvisibleText
{
    // Default-ignorable and blank characters whose category is that of letters, marks or symbols.
    private static readonly (int First, int Last)[] Ranges =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFFC, 0xFFFD),
        (0x13441, 0x13442), (0x16FE4, 0x16FE4), (0x1D159, 0x1D159), (0xE0000, 0xE0FFF),
    ];

    /// <summary>The character is one of them, moves a cursor, or changes the direction of text.</summary>
    public static bool Holds(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => rune.Value != ' ',
        _ => rune.Value >= Ranges[0].First && Array.Exists(Ranges, range => rune.Value >= range.First && rune.Value <= range.Last),
    };
}
