using System.Buffers.Binary;

namespace OfflineKit.Encoding;

/// <summary>Reads the presentation language of TLS: big-endian numbers and vectors with a length in front.</summary>
/// <remarks>Source: RFC 8446 §3. Errors: <see cref="MalformedException"/> for anything cut short.</remarks>
internal ref struct TlsCursor(ReadOnlySpan<byte> bytes, string what)
{
    private readonly string _what = what;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Nothing is left.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>One byte.</summary>
    public byte Byte() => Bytes(1)[0];

    /// <summary>A number of eight bytes.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Bytes(8));

    /// <summary>Exactly <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (_rest.Length < count)
        {
            throw new MalformedException($"{_what}: {_rest.Length} bytes left, wanted {count}");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>A vector whose length stands in two bytes before it.</summary>
    public ReadOnlySpan<byte> Vector16() => Bytes(BinaryPrimitives.ReadUInt16BigEndian(Bytes(2)));

    /// <summary>Refuses anything after the last expected field.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw new MalformedException($"{_what}: {_rest.Length} bytes after the last field");
        }
    }
}
