using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The extra fields of a zip header: only sizes, times and owners are accepted.</summary>
/// <remarks>Other fields rename an entry, make it a link or say how it is encrypted. Source: APPNOTE.TXT 6.3.10 §4.5; Info-ZIP's proginfo/extrafld.txt.</remarks>
internal static class ZipExtraField
{
    private const int Sizes = 0x0001, NtfsTimes = 0x000A, UnixTimes = 0x5455, OldUnixTimes = 0x5855, UnixOwner = 0x7855, UnixOwnerAnyWidth = 0x7875, JavaMark = 0xCAFE;

    /// <summary>The content of the ZIP64 field; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Zip64(ReadOnlySpan<byte> fields, string name)
    {
        ReadOnlySpan<byte> sizes = default;
        ZipCursor cursor = new(fields, $"\"{name}\": extra fields");
        while (cursor.Left > 0)
        {
            int id = cursor.UInt16();
            ReadOnlySpan<byte> content = cursor.Bytes(cursor.UInt16());
            switch (id)
            {
                case Sizes when sizes.IsEmpty && !content.IsEmpty:
                    sizes = content;
                    break;
                case NtfsTimes or UnixTimes or OldUnixTimes or UnixOwner or UnixOwnerAnyWidth or JavaMark:
                    break;
                default:
                    throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{name}\" has an extra field {id:x4} (hex), which may give it another name or meaning");
            }
        }

        return sizes;
    }
}
