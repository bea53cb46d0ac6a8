using System.Buffers;
using System.Globalization;
using System.Text;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>One attribute of a distinguished name: what it is about, and its value.</summary>
/// <param name="Type">The object identifier.</param>
/// <param name="Value">The value with its tag and length.</param>
/// <param name="Text">The value as text; null where its type is no string, or a string that readers disagree about.</param>
internal sealed record NameAttribute(string Type, ReadOnlyMemory<byte> Value, string? Text)
{
    /// <summary>The type of a mail address, which name constraints cover too.</summary>
    public const string EmailAddress = "1.2.840.113549.1.9.1";

    private const byte NumericString = 0x12, TeletexString = 0x14, VisibleString = 0x1A, UniversalString = 0x1C, BmpString = 0x1E;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(",+\"\\<>;");

    // Once, when the certificate is read: an anchor is compared with every leaf.
    private PreparedText? Prepared { get; } = Text is null ? null : PreparedText.Of(Text);

    /// <summary>The attribute under <paramref name="attribute"/>, an AttributeTypeAndValue.</summary>
    public static NameAttribute Parse(DerCursor attribute)
    {
        string type = attribute.Oid();
        byte tag = attribute.NextTag;
        ReadOnlySpan<byte> value = attribute.Element();
        attribute.End();
        DerCursor inside = new(value, "distinguished name");
        return new NameAttribute(type, value.ToArray(), TextOf(tag, inside.Content(tag)));
    }

    /// <summary>Whether this attribute and <paramref name="other"/> are the same, whatever string type and spelling they have.</summary>
    /// <remarks>Source: RFC 5280 §7.1.</remarks>
    public NameComparison CompareWith(NameAttribute other)
    {
        if (!string.Equals(Type, other.Type, StringComparison.Ordinal))
        {
            return NameComparison.Different;
        }

        return Prepared is { } mine && other.Prepared is { } theirs ? mine.CompareWith(theirs)
            : Value.Span.SequenceEqual(other.Value.Span) ? NameComparison.Same
            : NameComparison.Unknown;
    }

    /// <summary><c>CN=Ada</c>: no two attributes have the same text. What would end a value is escaped; a value that is no text is written as #HEX.</summary>
    /// <remarks>Source: RFC 4514 §2.3, §2.4.</remarks>
    public override string ToString() => $"{ShortName(Type)}={(Text is null ? "#" + StrictHex.Encode(Value.Span) : Escape(Text))}";

    private static string? TextOf(byte tag, ReadOnlySpan<byte> value) => tag switch
    {
        DerCursor.Utf8StringTag or DerCursor.PrintableStringTag or DerCursor.Ia5StringTag or NumericString or VisibleString => Utf8Text.Decode(value, "distinguished name"),
        BmpString => Decode(System.Text.Encoding.BigEndianUnicode, value, unit: 2),
        UniversalString => Decode(new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: false), value, unit: 4),

        // T.61 and what is written in its name agree on letters, digits and blanks alone.
        TeletexString when !value.ContainsAnyExcept(Agreed) => System.Text.Encoding.ASCII.GetString(value),
        _ => null,
    };

    private static SearchValues<byte> Agreed { get; } = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 '()+,-./:=?"u8);

    private static string Decode(System.Text.Encoding encoding, ReadOnlySpan<byte> value, int unit)
    {
        string text = value.Length % unit == 0 ? encoding.GetString(value) : throw new MalformedException("distinguished name: half a character at the end of a value");
        return text.Contains('\uFFFD', StringComparison.Ordinal) ? throw new MalformedException("distinguished name: a value that is no Unicode text") : text;
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isAtAnEnd = (i == 0 && c is ' ' or '#') || (i == text.Length - 1 && c == ' ');
            if (char.IsControl(c))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\{StrictHex.Encode(Utf8Text.Encode(c.ToString())).ToUpperInvariant()}");
            }
            else
            {
                escaped.Append(isAtAnEnd || Escaped.Contains(c) ? "\\" : "").Append(c);
            }
        }

        return escaped.ToString();
    }

    private static string ShortName(string type) => type switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "0.9.2342.19200300.100.1.25" => "DC",
        EmailAddress => "emailAddress",
        _ => type,
    };
}
