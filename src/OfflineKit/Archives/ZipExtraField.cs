using System.Buffers.Binary;
using System.Numerics;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The extra fields of a zip header: only sizes, times, owners and a name in Unicode are accepted, each in its one form.</summary>
/// <remarks>
/// Other fields rename an entry, make it a link or say how it is encrypted; a field with room for more than its form needs hides bytes between two entries.
/// Source: APPNOTE.TXT 6.3.10 §4.5 and §4.6.9; Info-ZIP's proginfo/extrafld.txt.
/// </remarks>
internal readonly ref struct ZipExtraField
{
    private const int Sizes = 0x0001, NtfsTimes = 0x000A, UnixTimes = 0x5455, OldUnixTimes = 0x5855, UnixOwner = 0x7855, UnixOwnerAnyWidth = 0x7875, UnicodePath = 0x7075, JavaMark = 0xCAFE;

    private ZipExtraField(ReadOnlySpan<byte> zip64, ReadOnlySpan<byte> unicodeName)
    {
        Zip64 = zip64;
        UnicodeName = unicodeName;
    }

    /// <summary>The content of the ZIP64 field; empty when there is none.</summary>
    public ReadOnlySpan<byte> Zip64 { get; }

    /// <summary>The name in UTF-8 that stands beside the one in the header; empty when there is none.</summary>
    public ReadOnlySpan<byte> UnicodeName { get; }

    /// <summary>The fields in <paramref name="fields"/> of the entry whose header calls it <paramref name="rawName"/>.</summary>
    public static ZipExtraField Parse(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> rawName)
    {
        ReadOnlySpan<byte> sizes = default, unicodeName = default;
        HashSet<int> seen = [];
        string name = Utf8Text.Spell(rawName);
        ZipCursor cursor = new(fields, $"\"{name}\": extra fields");
        while (cursor.Left > 0)
        {
            int id = cursor.UInt16();
            ReadOnlySpan<byte> content = cursor.Bytes(cursor.UInt16());
            if (!seen.Add(id))
            {
                throw new MalformedException(ArchiveReasons.Malformed, $"\"{name}\" has the extra field {id:x4} (hex) twice");
            }

            if (!HasForm(id, content))
            {
                throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{name}\" has an extra field {id:x4} (hex) of {content.Length} bytes, which may give it another name or meaning, or hide others");
            }

            sizes = id == Sizes ? content : sizes;
            unicodeName = id == UnicodePath ? NameOf(content, rawName) : unicodeName;
        }

        return new ZipExtraField(sizes, unicodeName);
    }

    private static bool HasForm(int id, ReadOnlySpan<byte> content) => id switch
    {
        Sizes => content.Length is 8 or 16 or 24,
        NtfsTimes => content.Length == 32 && content[..8].SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0, 0, 1, 0, 24, 0]),
        UnixTimes => content.Length > 0 && content[0] < 8 && (content.Length - 1) % 4 == 0 && (content.Length - 1) / 4 <= BitOperations.PopCount(content[0]),
        OldUnixTimes => content.Length is 8 or 12,
        UnixOwner => content.Length is 0 or 4,
        UnixOwnerAnyWidth => content.Length >= 3 && content[0] == 1 && content[1] <= 8 && content.Length > content[1] + 2 && content[content[1] + 2] <= 8 && content.Length == 3 + content[1] + content[content[1] + 2],
        UnicodePath => content.Length > 5 && content[0] == 1,
        JavaMark => content.IsEmpty,
        _ => false,
    };

    // A field of another checksum belongs to an older name: some readers take it, others do not.
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> content, ReadOnlySpan<byte> rawName)
    {
        Crc32 crc = new();
        crc.Append(rawName);
        return BinaryPrimitives.ReadUInt32LittleEndian(content[1..]) == crc.Value
            ? content[5..]
            : throw new MalformedException(ArchiveReasons.Malformed, $"\"{Utf8Text.Spell(rawName)}\": its Unicode name belongs to another name");
    }
}
