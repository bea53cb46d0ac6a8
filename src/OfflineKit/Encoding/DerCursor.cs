using System.Globalization;
using System.Text;

namespace OfflineKit.Encoding;

/// <summary>Reads DER: definite minimal lengths, minimal integers, no trailing bytes, low tag numbers.</summary>
/// <remarks>Errors: <see cref="MalformedException"/> for anything that X.690 §10–11 does not allow. Each read moves past one element.</remarks>
internal ref struct DerCursor(ReadOnlySpan<byte> der, string what)
{
    /// <summary>Universal and context-specific identifier octets that our formats use.</summary>
    public const byte Boolean = 0x01, IntegerTag = 0x02, BitStringTag = 0x03, OctetStringTag = 0x04, NullTag = 0x05, OidTag = 0x06,
        Enumerated = 0x0A, Utf8StringTag = 0x0C, PrintableStringTag = 0x13, Ia5StringTag = 0x16, UtcTimeTag = 0x17,
        GeneralizedTimeTag = 0x18, SequenceTag = 0x30, SetTag = 0x31;

    private readonly string _what = what;
    private ReadOnlySpan<byte> _rest = der;

    /// <summary>Nothing is left.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>The identifier octet of the next element, or 0 at the end.</summary>
    public readonly byte NextTag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>The identifier octet of context-specific tag <paramref name="number"/>, constructed.</summary>
    public static byte Constructed(int number) => (byte)(0xA0 | number);

    /// <summary>The identifier octet of context-specific tag <paramref name="number"/>, primitive.</summary>
    public static byte Primitive(int number) => (byte)(0x80 | number);

    /// <summary>The next element as a whole, identifier and length included.</summary>
    public ReadOnlySpan<byte> Element()
    {
        int header = Header(out int length);
        ReadOnlySpan<byte> element = _rest[..(header + length)];
        _rest = _rest[(header + length)..];
        return element;
    }

    /// <summary>The content of the next element, which must carry <paramref name="tag"/>.</summary>
    public ReadOnlySpan<byte> Content(byte tag)
    {
        if (NextTag != tag)
        {
            throw Malformed(AtEnd ? $"ends where tag {tag:X2} should be" : $"tag {NextTag:X2} where {tag:X2} should be");
        }

        int header = Header(out int length);
        ReadOnlySpan<byte> content = _rest.Slice(header, length);
        _rest = _rest[(header + length)..];
        return content;
    }

    /// <summary>A cursor over the content of the next element, which must carry <paramref name="tag"/>.</summary>
    public DerCursor Inside(byte tag) => new(Content(tag), _what);

    /// <summary>A cursor over the next SEQUENCE.</summary>
    public DerCursor Sequence() => Inside(SequenceTag);

    /// <summary>The next element carries <paramref name="tag"/>.</summary>
    public readonly bool Next(byte tag) => NextTag == tag;

    /// <summary>A non-negative INTEGER, big-endian, without the leading sign byte.</summary>
    public ReadOnlySpan<byte> UnsignedInteger()
    {
        ReadOnlySpan<byte> content = Integer();
        if ((content[0] & 0x80) != 0)
        {
            throw Malformed("negative integer");
        }

        return content[0] == 0 && content.Length > 1 ? content[1..] : content;
    }

    /// <summary>The content of an INTEGER in its minimal form, sign byte included.</summary>
    public ReadOnlySpan<byte> Integer()
    {
        ReadOnlySpan<byte> content = Content(IntegerTag);
        bool minimal = content.Length switch
        {
            0 => false,
            1 => true,
            _ => !(content[0] == 0 && (content[1] & 0x80) == 0) && !(content[0] == 0xFF && (content[1] & 0x80) != 0),
        };
        return minimal ? content : throw Malformed("integer is not minimal");
    }

    /// <summary>A non-negative INTEGER that fits 31 bits.</summary>
    public int SmallInteger()
    {
        ReadOnlySpan<byte> bytes = UnsignedInteger();
        if (bytes.Length > 4 || (bytes.Length == 4 && bytes[0] > 0x7F))
        {
            throw Malformed("integer too large");
        }

        int value = 0;
        foreach (byte b in bytes)
        {
            value = (value << 8) | b;
        }

        return value;
    }

    /// <summary>A BIT STRING of whole bytes.</summary>
    public ReadOnlySpan<byte> BitString()
    {
        ReadOnlySpan<byte> content = Content(BitStringTag);
        return content.IsEmpty || content[0] != 0 ? throw Malformed("bit string with unused bits") : content[1..];
    }

    /// <summary>A BIT STRING of named bits, first bit lowest: bit 0 of the string is bit 0 of the number.</summary>
    /// <remarks>Source: X.690 §11.2.2: unused bits are zero and no trailing zero bit is written.</remarks>
    public int NamedBits()
    {
        ReadOnlySpan<byte> content = Content(BitStringTag);
        int unused = content.IsEmpty || content.Length > 4 ? -1 : content[0];
        bool minimal = content.Length == 1 ? unused == 0 : unused is >= 0 and <= 7 && (content[^1] & ((1 << (unused + 1)) - 1)) == 1 << unused;
        if (!minimal)
        {
            throw Malformed("named bits are not minimal");
        }

        int bits = 0;
        for (int bit = 0; bit < (content.Length - 1) * 8; bit++)
        {
            bits |= ((content[1 + (bit / 8)] >> (7 - (bit % 8))) & 1) << bit;
        }

        return bits;
    }

    /// <summary>A BOOLEAN with DEFAULT FALSE: absent, or FF; DER never writes the default.</summary>
    public bool TrueOrAbsent()
    {
        if (!Next(Boolean))
        {
            return false;
        }

        return TrueOrFalse() ? true : throw Malformed("a default value is written");
    }

    /// <summary>A BOOLEAN: FF or 00.</summary>
    public bool TrueOrFalse()
    {
        ReadOnlySpan<byte> content = Content(Boolean);
        return content.Length == 1 && content[0] is 0 or 0xFF ? content[0] == 0xFF : throw Malformed("boolean is not FF or 00");
    }

    /// <summary>An OBJECT IDENTIFIER in dotted form.</summary>
    public string Oid()
    {
        ReadOnlySpan<byte> content = Content(OidTag);
        if (content.IsEmpty || (content[^1] & 0x80) != 0)
        {
            throw Malformed("object identifier is cut");
        }

        StringBuilder dotted = new();
        ulong arc = 0;
        bool first = true, startsArc = true;
        foreach (byte b in content)
        {
            if ((startsArc && b == 0x80) || arc > (ulong.MaxValue >> 8))
            {
                throw Malformed("object identifier is not minimal or too large");
            }

            arc = (arc << 7) | (uint)(b & 0x7F);
            startsArc = (b & 0x80) == 0;
            if (startsArc)
            {
                AppendArc(dotted, arc, ref first);
                arc = 0;
            }
        }

        return dotted.ToString();
    }

    /// <summary>NULL with no content.</summary>
    public void Null()
    {
        if (!Content(NullTag).IsEmpty)
        {
            throw Malformed("NULL with content");
        }
    }

    /// <summary>A Time in either of the forms that RFC 5280 §4.1.2.5 allows, in UTC, to the second.</summary>
    public DateTimeOffset Time()
    {
        byte tag = NextTag;
        string text = Encoding(Content(tag));
        bool parsed = tag switch
        {
            UtcTimeTag => DateTime.TryParseExact(Century(text) + text, "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            GeneralizedTimeTag => DateTime.TryParseExact(text, "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            _ => false,
        };
        if (!parsed)
        {
            throw Malformed("not a time of RFC 5280");
        }

        string full = tag == UtcTimeTag ? Century(text) + text : text;
        return new DateTimeOffset(
            DateTime.ParseExact(full, "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None), TimeSpan.Zero);
    }

    /// <summary>Refuses anything after the last expected element.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Malformed($"{_rest.Length} bytes after the last element");
        }
    }

    /// <summary>The exception that names this structure.</summary>
    public readonly MalformedException Malformed(string fault) => new($"{_what}: not DER: {fault}");

    private static string Century(string utcTime) => utcTime.Length > 0 && utcTime[0] >= '5' ? "19" : "20";

    private static void AppendArc(StringBuilder dotted, ulong arc, ref bool first)
    {
        if (first)
        {
            ulong root = Math.Min(arc / 40, 2);
            dotted.Append(CultureInfo.InvariantCulture, $"{root}.{arc - (root * 40)}");
            first = false;
        }
        else
        {
            dotted.Append(CultureInfo.InvariantCulture, $".{arc}");
        }
    }

    private readonly string Encoding(ReadOnlySpan<byte> ascii) =>
        ascii.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? throw Malformed("not ASCII") : System.Text.Encoding.ASCII.GetString(ascii);

    private readonly int Header(out int length)
    {
        if (_rest.Length < 2 || (_rest[0] & 0x1F) == 0x1F)
        {
            throw Malformed(_rest.Length < 2 ? "cut short" : "high tag number");
        }

        int octets = _rest[1] < 0x80 ? 0 : _rest[1] & 0x7F;
        if (_rest[1] == 0x80 || octets > 4 || _rest.Length < 2 + octets)
        {
            throw Malformed("indefinite, oversized or cut length");
        }

        long value = octets == 0 ? _rest[1] : 0;
        foreach (byte b in _rest.Slice(2, octets))
        {
            value = (value << 8) | b;
        }

        bool minimal = octets == 0 || (value >= 0x80 && _rest[2] != 0);
        length = minimal && value <= _rest.Length - 2 - octets
            ? (int)value
            : throw Malformed(minimal ? "cut short" : "length is not minimal");
        return 2 + octets;
    }
}
