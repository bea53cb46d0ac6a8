using System.Buffers;
using System.Text;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The name of a tar entry for which two places have room: its own header, and the extended header before it.</summary>
/// <remarks>
/// A reader that knows no extended headers takes the name in the entry's own one. So that must be the same name, or what is left of it where it does not fit: cut, or with
/// something else for its letters beyond ASCII. The forms are those of GNU tar, bsdtar, Python, Go, node-tar, tar-stream, git and 7-Zip.
/// </remarks>
internal static class TarName
{
    // The shortest name to which a writer cuts: node-tar and Go leave 99 and 100 bytes, bsdtar takes folders from the middle.
    private const int Fits = 100, ShortestCut = 80, HexId = 40, LongHexId = 64;

    private static ReadOnlySpan<byte> TarStreamName => "PaxHeader"u8;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Requires that <paramref name="own"/>, of the entry's own header, is what a writer leaves of <paramref name="full"/>.</summary>
    public static void RequireSame(ReadOnlySpan<byte> own, ReadOnlySpan<byte> full)
    {
        if (IsSame(own, full) || IsCut(own, full) || IsOf(own, full, "?") || IsOf(own, full, "_") || IsOf(own, full, "") || IsPlaceholder(own, full))
        {
            return;
        }

        throw new MalformedException(
            ArchiveReasons.Malformed, $"an entry is \"{Utf8Text.Spell(own)}\" by its own header and \"{Utf8Text.Spell(full)}\" by the one before it: which it is depends on who reads it");
    }

    // A folder's last separator stands in one of them alone where it no longer fits into the other.
    private static bool IsSame(ReadOnlySpan<byte> own, ReadOnlySpan<byte> full) => own.TrimEnd((byte)'/').SequenceEqual(full.TrimEnd((byte)'/'));

    private static bool IsCut(ReadOnlySpan<byte> own, ReadOnlySpan<byte> full)
    {
        if (full.Length < Fits || own.Length < ShortestCut || own.Length >= full.Length)
        {
            return false;
        }

        int start = own.CommonPrefixLength(full), end = 0;
        while (end < own.Length && own[^(end + 1)] == full[^(end + 1)])
        {
            end++;
        }

        return start + end >= own.Length;
    }

    private static bool IsOf(ReadOnlySpan<byte> own, ReadOnlySpan<byte> full, string instead)
    {
        if (Ascii.IsValid(full) || !Ascii.IsValid(own))
        {
            return false;
        }

        StringBuilder plain = new();
        foreach (Rune rune in ArchiveText.Decode(full).EnumerateRunes())
        {
            plain.Append(rune.IsAscii ? rune.ToString() : instead);
        }

        byte[] name = Utf8Text.Encode(plain.ToString());
        return IsSame(own, name) || IsCut(own, name);
    }

    // Where the name does not fit. git: the id of the content. 7-Zip: a folder that says what it stands for. tar-stream and archiver: one word for every name, also for one beyond ASCII.
    private static bool IsPlaceholder(ReadOnlySpan<byte> own, ReadOnlySpan<byte> full)
    {
        if (full.Length <= Fits)
        {
            return !Ascii.IsValid(full) && own.SequenceEqual(TarStreamName);
        }

        ReadOnlySpan<byte> git = ".data"u8;
        bool isId = own.EndsWith(git) && own.Length - git.Length is HexId or LongHexId && !own[..^git.Length].ContainsAnyExcept(HexDigits);
        return isId || own.StartsWith("@PathCut/_pc_"u8) || own.SequenceEqual(TarStreamName);
    }
}
