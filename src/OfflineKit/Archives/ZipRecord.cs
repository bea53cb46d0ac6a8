using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>How an entry's bytes are stored.</summary>
internal enum ZipMethod
{
    /// <summary>As they are.</summary>
    Stored = 0,

    /// <summary>By RFC 1951.</summary>
    Deflated = 8,
}

/// <summary>One record of the central directory, read strictly.</summary>
/// <param name="Name">The name in UTF-8.</param>
/// <param name="Flags">Bit 3: a data descriptor follows the content. Bit 11: the name is UTF-8. No other meaning is accepted.</param>
/// <param name="Method">How the content is stored.</param>
/// <param name="Crc">CRC-32 of the content.</param>
/// <param name="Size">Bytes of the content.</param>
/// <param name="PackedSize">Bytes in the archive.</param>
/// <param name="Offset">Where the local header begins.</param>
/// <remarks>Source: APPNOTE.TXT 6.3.10 §4.3.7 to §4.3.12, §4.4. Errors: <see cref="MalformedException"/> with the reasons <c>archive.*</c>.</remarks>
internal sealed record ZipRecord(string Name, int Flags, ZipMethod Method, uint Crc, long Size, long PackedSize, long Offset)
{
    /// <summary>Bytes of a local header without name and extra fields.</summary>
    public const int LocalSize = 30;

    private const int Descriptor = 0x0008, Utf8 = 0x0800, DeflateLevel = 0x0006;
    private const uint Above = uint.MaxValue;

    /// <summary>A data descriptor follows the content.</summary>
    public bool HasDescriptor => (Flags & Descriptor) != 0;

    /// <summary>It is a folder.</summary>
    public bool IsFolder => Name.EndsWith('/');

    /// <summary>The record at <paramref name="cursor"/>.</summary>
    public static ZipRecord Parse(ref ZipCursor cursor)
    {
        cursor.Signature("PK\x01\x02"u8);
        cursor.Skip(4);
        int flags = cursor.UInt16(), method = cursor.UInt16();
        cursor.Skip(4);
        uint crc = cursor.UInt32(), packed = cursor.UInt32(), size = cursor.UInt32();
        int name = cursor.UInt16(), extra = cursor.UInt16(), comment = cursor.UInt16();
        cursor.Require(cursor.UInt16(), 0, "disk of the entry");
        cursor.Skip(2);
        uint attributes = cursor.UInt32(), offset = cursor.UInt32();
        string text = NameOf(cursor.Bytes(name), flags);
        ReadOnlySpan<byte> wide = ZipExtraField.Zip64(cursor.Bytes(extra), text);
        cursor.Require(comment, 0, $"\"{text}\": length of the comment");

        // The wide field holds, in this order, what does not fit above.
        ZipCursor longer = new(wide, $"\"{text}\": zip64 extra field");
        ZipRecord record = new(
            text, RequireFlags(flags, text), RequireMethod(method, flags, text), crc,
            size == Above ? longer.Int64() : size, packed == Above ? longer.Int64() : packed, offset == Above ? longer.Int64() : offset);
        longer.Require(longer.Left, 0, "superfluous bytes");
        record.RequirePlain(attributes);
        return record;
    }

    /// <summary>Requires that the local header in <paramref name="cursor"/> says what this record says.</summary>
    /// <param name="cursor">The header with its name and extra fields.</param>
    /// <returns>How many bytes a data descriptor takes behind the content; 0 when there is none.</returns>
    public int RequireLocal(ref ZipCursor cursor)
    {
        cursor.Signature("PK\x03\x04"u8);
        cursor.Skip(2);
        cursor.Require(cursor.UInt16(), Flags, "flags");
        cursor.Require(cursor.UInt16(), (int)Method, "method");
        cursor.Skip(4);
        uint crc = cursor.UInt32(), packed = cursor.UInt32(), size = cursor.UInt32();
        int name = cursor.UInt16(), extra = cursor.UInt16();
        if (!cursor.Bytes(name).SequenceEqual(Utf8Text.Encode(Name)))
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"\"{Name}\": the local header has another name than the central directory");
        }

        ReadOnlySpan<byte> wide = ZipExtraField.Zip64(cursor.Bytes(extra), Name);
        bool isWide = packed == Above && size == Above && !wide.IsEmpty;
        ZipCursor longer = new(wide, $"\"{Name}\": zip64 extra field");
        long longSize = isWide ? longer.Int64() : size, longPacked = isWide ? longer.Int64() : packed;
        longer.Require(longer.Left, 0, "superfluous bytes");
        if (!HasDescriptor || crc != 0 || longSize != 0 || longPacked != 0)
        {
            cursor.Require(crc, Crc, "checksum");
            cursor.Require(longSize, Size, "size");
            cursor.Require(longPacked, PackedSize, "packed size");
        }

        return !HasDescriptor ? 0 : isWide || Math.Max(Size, PackedSize) >= Above ? 24 : 16;
    }

    /// <summary>Requires that the data descriptor in <paramref name="bytes"/> says what this record says.</summary>
    public void RequireDescriptor(ReadOnlySpan<byte> bytes)
    {
        ZipCursor cursor = new(bytes, $"\"{Name}\": data descriptor");
        cursor.Signature("PK\x07\x08"u8);
        cursor.Require(cursor.UInt32(), Crc, "checksum");
        bool isWide = cursor.Left > 8;
        cursor.Require(isWide ? cursor.Int64() : cursor.UInt32(), PackedSize, "packed size");
        cursor.Require(isWide ? cursor.Int64() : cursor.UInt32(), Size, "size");
    }

    // Without bit 11 a name is in whatever code page its writer had: only ASCII means the same in all of them.
    private static string NameOf(ReadOnlySpan<byte> name, int flags) => (flags & Utf8) != 0 || System.Text.Ascii.IsValid(name)
        ? Utf8Text.Decode(name, "zip name")
        : throw new MalformedException(ArchiveReasons.UnsafeName, "zip: a name beyond ASCII that is not marked as UTF-8");

    private static int RequireFlags(int flags, string name) => (flags & ~(Descriptor | Utf8 | DeflateLevel)) == 0
        ? flags
        : throw new MalformedException(ArchiveReasons.UnsafeEntry, (flags & 1) != 0 ? $"\"{name}\" is encrypted" : $"\"{name}\" has flags {flags:x4} (hex)");

    // A reader from start to end could not tell where stored content with a descriptor ends.
    private static ZipMethod RequireMethod(int method, int flags, string name) => (ZipMethod)method switch
    {
        ZipMethod.Deflated => ZipMethod.Deflated,
        ZipMethod.Stored when (flags & Descriptor) == 0 => ZipMethod.Stored,
        ZipMethod.Stored => throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{name}\" is stored and has a data descriptor"),
        _ => throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{name}\" is packed by method {method}, wanted 0 (stored) or 8 (deflated)"),
    };

    // The upper half is a Unix mode where it is anything, the lower half holds DOS and Windows attributes.
    private void RequirePlain(uint attributes)
    {
        const uint TypeMask = 0xF000, Folder = 0x4000, File = 0x8000, DosFolder = 0x10, DosOther = 0x448;
        uint type = (attributes >> 16) & TypeMask;
        bool isPlain = (type == 0 || type == (IsFolder ? Folder : File)) && (attributes & DosOther) == 0 && ((attributes & DosFolder) == 0 || IsFolder);
        if (!isPlain)
        {
            string kind = type == 0xA000 ? "a symbolic link" : $"neither file nor folder (attributes {attributes:x8}, hex)";
            throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{Name}\" is {kind}");
        }

        if (IsFolder && (Size != 0 || PackedSize != 0))
        {
            throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{Name}\" is a folder with {Size} bytes of content");
        }
    }
}
