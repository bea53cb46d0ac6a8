using System.Buffers.Binary;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>Reads the little-endian fields of zip records one after the other.</summary>
/// <remarks>Errors: <see cref="MalformedException"/> for anything cut short.</remarks>
internal ref struct ZipCursor(ReadOnlySpan<byte> bytes, string what)
{
    private const ulong Largest = 1UL << 60;

    private readonly string _what = what;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>A number of two bytes.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(sizeof(ushort)));

    /// <summary>A number of four bytes.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    /// <summary>A number of eight bytes, of at most 2^60: nothing is so large, and a size behind an offset is still a number.</summary>
    public long Int64() => Int64(ArchiveReasons.Malformed);

    /// <summary>The same; a larger one is refused for <paramref name="beyond"/>.</summary>
    public long Int64(Reason beyond)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));
        return value <= Largest ? (long)value : throw new MalformedException(beyond, $"{_what}: the number {value}, which is larger than any file");
    }

    /// <summary>Exactly <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (_rest.Length < count)
        {
            throw Malformed($"{_rest.Length} bytes left, wanted {count}");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Passes over <paramref name="count"/> bytes that mean nothing here.</summary>
    public void Skip(int count) => _ = Bytes(count);

    /// <summary>Requires the four bytes by which a record begins.</summary>
    public void Signature(ReadOnlySpan<byte> signature)
    {
        if (!Bytes(signature.Length).SequenceEqual(signature))
        {
            throw Malformed("another signature than its place demands");
        }
    }

    /// <summary>Requires that the field just read is <paramref name="wanted"/>.</summary>
    public readonly void Require(long found, long wanted, string field)
    {
        if (found != wanted)
        {
            throw Malformed($"{field} {found}, wanted {wanted}");
        }
    }

    private readonly MalformedException Malformed(string detail) => new(ArchiveReasons.Malformed, $"{_what}: {detail}");
}
