using System.Text;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The name of a zip entry: what its header says, and the same in Unicode where a field beside it says so.</summary>
/// <param name="Text">The name.</param>
/// <param name="Raw">The bytes in the header, which are the same in both headers.</param>
/// <param name="NeedsField">It is known by the field alone: readers that do not know it show other letters beyond ASCII.</param>
internal readonly record struct ZipName(string Text, byte[] Raw, bool NeedsField)
{
    private const int Utf8Flag = 0x0800;

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
                ArchiveReasons.UnsafeName, $"zip: \"{Utf8Text.Spell(raw)}\" is beyond ASCII and not marked as UTF-8: each reader takes it for another name; make the archive with `jar cfM`, Python or 7-Zip, which mark it");
        }

        ReadOnlySpan<byte> name = unicode.IsEmpty ? raw : unicode;
        bool isOneName = isSaid ? name.SequenceEqual(raw) : Skeleton(name).AsSpan().SequenceEqual(Skeleton(raw));
        return isOneName
            ? new ZipName(ArchiveText.Decode(name), raw.ToArray(), NeedsField: !isSaid)
            : throw new MalformedException(ArchiveReasons.Malformed, $"zip: \"{Utf8Text.Spell(raw)}\" is called \"{Utf8Text.Spell(unicode)}\" by an extra field: which it is depends on who reads it");
    }

    // One mark for each stretch beyond ASCII: code pages differ in nothing else.
    private static byte[] Skeleton(ReadOnlySpan<byte> name)
    {
        List<byte> skeleton = [];
        foreach (byte b in name)
        {
            if (b < 0x80 || skeleton is [] or [.., < 0x80])
            {
                skeleton.Add(b < 0x80 ? b : (byte)0x80);
            }
        }

        return [.. skeleton];
    }
}
