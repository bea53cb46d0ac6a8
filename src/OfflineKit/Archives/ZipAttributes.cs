using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The attributes of a zip entry: a Unix mode in the upper half where it is anything, those of DOS and Windows in the lower one.</summary>
internal static class ZipAttributes
{
    private const uint TypeMask = 0xF000, Folder = 0x4000, File = 0x8000, Link = 0xA000, Special = 0x0E00, DosFolder = 0x10, DosOther = 0x448;

    /// <summary>Requires a file or a folder, with no rights beyond reading, writing and executing.</summary>
    /// <param name="attributes">The external attributes.</param>
    /// <param name="host">The system whose attributes they are, which the readers go by.</param>
    /// <param name="record">Whose they are.</param>
    public static void RequirePlain(uint attributes, int host, ZipRecord record)
    {
        uint mode = attributes >> 16, type = mode & TypeMask;
        bool isPlain = (type == 0 || type == (record.IsFolder ? Folder : File)) && (attributes & DosOther) == 0 && ((attributes & DosFolder) == 0 || record.IsFolder);
        if (!isPlain)
        {
            string kind = type == Link ? "a symbolic link" : $"neither file nor folder (attributes {attributes:x8}, hex)";
            throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{record.Name}\" is {kind}");
        }

        if ((mode & Special) != 0)
        {
            throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{record.Name}\" has mode {Convert.ToString(mode, 8)} (octal): more than the rights to read, write and execute");
        }

        if (!IsKnown(host))
        {
            throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{record.Name}\" comes from a system {host}, whose names and attributes readers change each in their way");
        }
    }

    // FAT, Unix, NTFS by Info-ZIP and by APPNOTE, VFAT, macOS (APPNOTE §4.4.2).
    private static bool IsKnown(int host) => host is 0 or 3 or 10 or 11 or 14 or 19;
}
