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
/// <param name="Named">The name.</param>
/// <param name="Flags">Bit 3: a data descriptor follows the content. Bit 11: the name is UTF-8. No other meaning is accepted.</param>
/// <param name="Method">How the content is stored.</param>
/// <param name="Crc">CRC-32 of the content.</param>
/// <param name="Size">Bytes of the content.</param>
/// <param name="PackedSize">Bytes in the archive.</param>
/// <param name="Offset">Where the local header begins.</param>
/// <remarks>Source: APPNOTE.TXT 6.3.10 §4.3.7 to §4.3.12, §4.4. Errors: <see cref="MalformedException"/> with the reasons <c>archive.*</c>.</remarks>
internal sealed record ZipRecord(ZipName Named, int Flags, ZipMethod Method, uint Crc, long Size, long PackedSize, long Offset)
{
    /// <summary>Bytes of a local header without name and extra fields.</summary>
    public const int LocalSize = 30;

    // What Info-ZIP's unzip can do, in tenths.
    private const int MostVersion = 46;

    private const int Descriptor = 0x0008, Utf8 = 0x0800, DeflateLevel = 0x0006;

    /// <summary>The name in UTF-8.</summary>
    public string Name => Named.Text;

    /// <summary>A data descriptor follows the content.</summary>
    public bool HasDescriptor => (Flags & Descriptor) != 0;

    /// <summary>Its content is stored and followed by a descriptor, so that a reader from start to end may look for the one to end the other.</summary>
    public bool IsEndedByDescriptor => HasDescriptor && Method == ZipMethod.Stored && (Size != 0 || PackedSize != 0);

    /// <summary>Some of its numbers in the directory are wide (ZIP64).</summary>
    public bool IsWide { get; private init; }

    /// <summary>It is a folder.</summary>
    public bool IsFolder => Name.EndsWith('/');

    /// <summary>The record at <paramref name="cursor"/>.</summary>
    public static ZipRecord Parse(ref ZipCursor cursor)
    {
        cursor.Signature("PK\x01\x02"u8);
        int host = cursor.UInt16() >> 8, version = cursor.UInt16();
        int flags = cursor.UInt16(), method = cursor.UInt16();
        cursor.Skip(4);
        uint crc = cursor.UInt32(), packed = cursor.UInt32(), size = cursor.UInt32();
        int nameSize = cursor.UInt16(), extraSize = cursor.UInt16(), comment = cursor.UInt16();
        cursor.Require(cursor.UInt16(), 0, "disk of the entry");
        cursor.Skip(2);
        uint attributes = cursor.UInt32(), offset = cursor.UInt32();
        ReadOnlySpan<byte> raw = cursor.Bytes(nameSize);
        ZipExtraField extra = ZipExtraField.Parse(cursor.Bytes(extraSize), raw);
        ZipName name = ZipName.Of(raw, flags, extra.UnicodeName);
        ArchiveText.RequireComment(cursor.Bytes(comment), $"\"{name.Text}\"");

        (long Size, long Packed, long Offset) numbers = ZipWide.OfRecord(size, packed, offset, extra.Zip64, name.Text);
        ZipRecord record = new(name, RequireFlags(flags, name.Text), RequireMethod(method, name.Text), crc, numbers.Size, numbers.Packed, numbers.Offset) { IsWide = !extra.Zip64.IsEmpty };
        record.RequirePlain(attributes, host);
        record.RequireVersion(version);
        return record;
    }

    /// <summary>Requires that the local header in <paramref name="cursor"/> says what this record says.</summary>
    /// <param name="cursor">The header with its name and extra fields.</param>
    /// <returns>How many bytes a data descriptor takes behind the content; 0 when there is none.</returns>
    public int RequireLocal(ref ZipCursor cursor)
    {
        cursor.Signature("PK\x03\x04"u8);
        RequireVersion(cursor.UInt16());
        cursor.Require(cursor.UInt16(), Flags, "flags");
        cursor.Require(cursor.UInt16(), (int)Method, "method");
        cursor.Skip(4);
        uint crc = cursor.UInt32(), packed = cursor.UInt32(), size = cursor.UInt32();
        int nameSize = cursor.UInt16(), extraSize = cursor.UInt16();
        ReadOnlySpan<byte> raw = cursor.Bytes(nameSize);
        ZipExtraField extra = ZipExtraField.Parse(cursor.Bytes(extraSize), raw);
        bool isSameName = raw.SequenceEqual(Named.Raw) && (extra.UnicodeName.IsEmpty ? !Named.NeedsField : extra.UnicodeName.SequenceEqual(Utf8Text.Encode(Name)));
        if (!isSameName)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"\"{Name}\": the local header has another name than the central directory");
        }

        bool isWide = packed == ZipWide.Mark && size == ZipWide.Mark && !extra.Zip64.IsEmpty;
        ZipCursor longer = new(extra.Zip64, $"\"{Name}\": zip64 extra field");
        long longSize = isWide ? longer.Int64() : size, longPacked = isWide ? longer.Int64() : packed;
        longer.Require(longer.Left, 0, "superfluous bytes");
        RequireReadable(isWide, !extra.UnicodeName.IsEmpty);

        // What a writer that streams does not know yet is zero, field by field.
        RequireOrUnknown(in cursor, crc, Crc, "checksum");
        RequireOrUnknown(in cursor, longSize, Size, "size");
        RequireOrUnknown(in cursor, longPacked, PackedSize, "packed size");
        // Without both, a reader from start to end could not tell where stored content ends.
        if (IsEndedByDescriptor && (longSize == 0 || longPacked == 0))
        {
            throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{Name}\" is stored and has a data descriptor, and its local header does not say its length");
        }

        return !HasDescriptor ? 0 : isWide || Math.Max(Size, PackedSize) >= ZipWide.Mark ? 24 : 16;
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

    // unzip passes over an entry that needs more than it can do, and takes the upper byte for a system; Python refuses the archive from 6.4 on.
    private void RequireVersion(int version)
    {
        if (version > MostVersion)
        {
            throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{Name}\" says that it needs a reader of version {version % 256 / 10}.{version % 256 % 10}{(version > 0xFF ? $" on system {version >> 8}" : "")}: unzip, which can do 4.6, leaves it out; stored and deflated content needs 4.5 at the most");
        }
    }

    // What other readers take for something else, or stop at.
    private void RequireReadable(bool isWide, bool hasUnicodeName)
    {
        if (isWide && Method == ZipMethod.Stored && !HasDescriptor && !ZipWide.MayNeed(Size))
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"\"{Name}\" is stored with wide sizes (ZIP64) that it does not need: busybox takes the rest of the archive for its content; make the archive without forcing ZIP64");
        }

        if (HasDescriptor && hasUnicodeName)
        {
            throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{Name}\" has a data descriptor, and a Unicode name in its local header: Debian's unzip stops there");
        }
    }

    private void RequireOrUnknown(in ZipCursor cursor, long found, long wanted, string field)
    {
        if (!HasDescriptor || found != 0)
        {
            cursor.Require(found, wanted, field);
        }
    }

    private static int RequireFlags(int flags, string name) => (flags & ~(Descriptor | Utf8 | DeflateLevel)) == 0
        ? flags
        : throw new MalformedException(ArchiveReasons.UnsafeEntry, (flags & 1) != 0 ? $"\"{name}\" is encrypted" : $"\"{name}\" has flags {flags:x4} (hex)");

    private static ZipMethod RequireMethod(int method, string name) => (ZipMethod)method is ZipMethod.Deflated or ZipMethod.Stored
        ? (ZipMethod)method
        : throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{name}\" is packed by method {method}, wanted 0 (stored) or 8 (deflated)");

    private void RequirePlain(uint attributes, int host)
    {
        ZipAttributes.RequirePlain(attributes, host, this);

        // Java packs nothing into two bytes.
        if (IsFolder && (Size != 0 || PackedSize != (Method == ZipMethod.Deflated && PackedSize != 0 ? 2 : 0)))
        {
            throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{Name}\" is a folder with {Size} bytes of content, {PackedSize} packed");
        }
    }
}
