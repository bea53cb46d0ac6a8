using System.Buffers.Binary;

namespace OfflineKit.Formats.Foreign;

/// <summary>The shape of a COSE message: that it is one array of what a signature has, and nothing else, is mark enough.</summary>
/// <remarks>Source: RFC 9052 §4.1, §4.2; RFC 8949 §3.</remarks>
internal ref struct CoseMark
{
    private const int ByteString = 2, Text = 3, Array = 4, Map = 5, Tag = 6, Simple = 7, Null = 22, SignatureFields = 4, Deepest = 8, Cut = -1;
    private const ulong Sign1Tag = 18, SignTag = 98;

    private ReadOnlySpan<byte> _rest;

    /// <summary>The content is COSE_Sign1 or COSE_Sign, tagged or not.</summary>
    public static bool IsAtStart(ReadOnlySpan<byte> content)
    {
        CoseMark cursor = new() { _rest = content };
        (int major, ulong value) = cursor.Head();
        if (major == Tag && value is Sign1Tag or SignTag)
        {
            (major, value) = cursor.Head();
        }

        return major == Array && value == SignatureFields && cursor.IsSignature();
    }

    // Protected header, a byte string around a map; other header, a map; payload or null; signature, or signatures.
    private bool IsSignature()
    {
        (int major, ulong size) = Head();
        if (major != ByteString || size is 0 or > 65536 || size > (ulong)_rest.Length || _rest[0] >> 5 != Map)
        {
            return false;
        }

        _rest = _rest[(int)size..];
        bool isHeader = !_rest.IsEmpty && _rest[0] >> 5 == Map && Skip(depth: 0);
        bool isPayload = isHeader && !_rest.IsEmpty && (_rest[0] >> 5 == ByteString || _rest[0] == (Simple << 5 | Null)) && Skip(depth: 0);
        return isPayload && !_rest.IsEmpty && _rest[0] >> 5 is ByteString or Array && Skip(depth: 0) && _rest.IsEmpty;
    }

    // Passes over one element; false where none is.
    private bool Skip(int depth)
    {
        (int major, ulong value) = Head();
        switch (major)
        {
            case ByteString or Text:
                bool fits = value <= (ulong)_rest.Length;
                _rest = fits ? _rest[(int)value..] : default;
                return fits;
            case Array or Map or Tag:
                ulong count = major == Tag ? 1 : major == Map ? value * 2 : value;
                bool isWhole = depth < Deepest && value <= (ulong)_rest.Length;
                for (ulong i = 0; isWhole && i < count; i++)
                {
                    isWhole = Skip(depth + 1);
                }

                return isWhole;
            default:
                return major != Cut;
        }
    }

    private (int Major, ulong Value) Head()
    {
        if (_rest.IsEmpty)
        {
            return (Cut, 0);
        }

        int major = _rest[0] >> 5, info = _rest[0] & 31, size = info < 24 ? 0 : info <= 27 ? 1 << (info - 24) : Cut;
        if (size == Cut || _rest.Length < 1 + size)
        {
            return (Cut, 0);
        }

        Span<byte> number = stackalloc byte[sizeof(ulong)];
        _rest.Slice(1, size).CopyTo(number[^Math.Max(size, 0)..]);
        _rest = _rest[(1 + size)..];
        return (major, size == 0 ? (ulong)info : BinaryPrimitives.ReadUInt64BigEndian(number));
    }
}
