using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>Marks at the start of a file for which some readers take an archive for one of another kind, whatever its name.</summary>
internal static class ForeignMark
{
    /// <summary>Refuses a tar archive whose first name begins like a file that bsdtar or Python would decompress first.</summary>
    /// <remarks>Marks with control characters or bytes that are no UTF-8 cannot stand in a name.</remarks>
    public static void Require(ReadOnlySpan<byte> firstBlock)
    {
        bool isBzip2 = firstBlock.StartsWith("BZh"u8) && firstBlock[4..].StartsWith("1AY&SY"u8);
        if (isBzip2 || firstBlock.StartsWith("LRZI"u8))
        {
            throw new MalformedException(ArchiveReasons.UnsafeName, $"the archive begins with \"{Utf8Text.Spell(firstBlock[..10])}\", the mark of a compressed file");
        }
    }

    /// <summary>Refuses a zip archive whose first bytes are the header of a tar archive as well.</summary>
    public static void RequireNoTar(ReadOnlySpan<byte> firstBlock)
    {
        if (TarHeader.CouldBe(firstBlock))
        {
            throw new MalformedException(ArchiveReasons.Malformed, "zip: the first 512 bytes are the header of a tar archive as well, and bsdtar reads that");
        }
    }
}
