using System.Buffers.Binary;

namespace OfflineKit.Encoding;

/// <summary>Reads the SSH wire encoding: big-endian numbers, and strings with their length in front.</summary>
/// <remarks>Errors: <see cref="MalformedException"/>. Source: RFC 4251 §5.</remarks>
internal ref struct SshCursor(ReadOnlySpan<byte> bytes, string what)
{
    private readonly string _what = what;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Nothing is left.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>A uint32.</summary>
    public uint Number() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>One byte.</summary>
    public byte Single() => Take(1)[0];

    /// <summary>A string of bytes.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        uint length = Number();
        return length <= (uint)_rest.Length ? Take((int)length) : throw Malformed($"a string of {length} bytes with {_rest.Length} left");
    }

    /// <summary>A string of text.</summary>
    public string Text() => Utf8Text.DecodePrintable(Bytes(), _what);

    /// <summary>A positive mpint in its minimal form, without its sign byte.</summary>
    public ReadOnlySpan<byte> PositiveInteger()
    {
        ReadOnlySpan<byte> number = Bytes();
        bool minimal = number.Length > 0 && number[0] < 0x80 && !(number[0] == 0 && (number.Length == 1 || number[1] < 0x80));
        return !minimal ? throw Malformed("not a positive, minimal integer") : number[0] == 0 ? number[1..] : number;
    }

    /// <summary>Takes the literal <paramref name="expected"/>.</summary>
    public void Literal(ReadOnlySpan<byte> expected, string fault)
    {
        if (!_rest.StartsWith(expected))
        {
            throw Malformed(fault);
        }

        _rest = _rest[expected.Length..];
    }

    /// <summary>Refuses anything after the last expected field.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Malformed($"{_rest.Length} bytes after the last field");
        }
    }

    /// <summary>The exception that names this structure.</summary>
    public readonly MalformedException Malformed(string fault) => new($"{_what}: {fault}");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw Malformed("cut short");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
