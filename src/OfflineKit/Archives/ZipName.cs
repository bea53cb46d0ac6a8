using System.Text;
using System.Text.Unicode;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The name of a zip entry: what its header says, and the same in Unicode where a field beside it says so.</summary>
/// <param name="Text">The name.</param>
/// <param name="Raw">The bytes in the header, which are the same in both headers.</param>
/// <param name="NeedsField">It is known by the field alone: readers that do not know it show other letters beyond ASCII.</param>
internal readonly record struct ZipName(string Text, byte[] Raw, bool NeedsField)
{
    private const int Utf8Flag = 0x0800;
    private const string CodePage437 = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";

    /// <summary>The name in the bytes <paramref name="raw"/> under <paramref name="flags"/>.</summary>
    /// <param name="raw">The name in the header.</param>
    /// <param name="flags">Bit 11: it is UTF-8. Without it a name is in whatever code page its writer had, and only ASCII means the same in all of them.</param>
    /// <param name="unicode">The name in the Unicode field; empty when there is none.</param>
    public static ZipName Of(ReadOnlySpan<byte> raw, int flags, ReadOnlySpan<byte> unicode)
    {
        bool isSaid = (flags & Utf8Flag) != 0 || Ascii.IsValid(raw);
        if (!isSaid && unicode.IsEmpty)
        {
            throw new MalformedException(
                ArchiveReasons.UnsafeName, $"zip: \"{Utf8Text.Spell(raw)}\" is beyond ASCII and not marked as UTF-8: each reader takes it for another name; make the archive with `jar cfM`, Python or 7-Zip, which mark it, or with Info-ZIP under a locale in which it knows UTF-8: `LC_ALL=en_US.UTF-8 zip -r`");
        }

        ReadOnlySpan<byte> name = unicode.IsEmpty ? raw : unicode;
        bool isOneName = isSaid || Utf8.IsValid(raw) ? name.SequenceEqual(raw) : IsInCodePage(raw, ArchiveText.Decode(name));
        return isOneName
            ? new ZipName(ArchiveText.Decode(name), raw.ToArray(), NeedsField: !isSaid)
            : throw new MalformedException(ArchiveReasons.Malformed, $"zip: \"{Utf8Text.Spell(raw)}\" is called \"{Utf8Text.Spell(unicode)}\" by an extra field: which it is depends on who reads it");
    }

    // Those that Windows and DOS use in the West; the letters of code page 850 are where those of 437 are.
    private static bool IsInCodePage(ReadOnlySpan<byte> raw, string name)
    {
        StringBuilder dos = new();
        foreach (byte b in raw)
        {
            dos.Append(b < 0x80 ? (char)b : CodePage437[b - 0x80]);
        }

        return name == dos.ToString() || name == System.Text.Encoding.Latin1.GetString(raw);
    }
}
