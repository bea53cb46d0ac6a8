using System.Collections.Immutable;
using System.Text;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>The name of a subject or issuer: compared by its bytes, shown as text.</summary>
/// <remarks>Source: RFC 5280 §4.1.2.4. Two spellings of one name are two names here, as in every strict path validation.</remarks>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private const string EmailAddress = "1.2.840.113549.1.9.1";
    private readonly ImmutableArray<ReadOnlyMemory<byte>> _relativeNames;
    private readonly string _text;

    private DistinguishedName(ReadOnlyMemory<byte> der, ImmutableArray<ReadOnlyMemory<byte>> relativeNames, string text, ImmutableArray<string> emails)
    {
        (Der, _relativeNames, _text, Emails) = (der, relativeNames, text, emails);
    }

    /// <summary>The whole SEQUENCE.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>The name has no component.</summary>
    public bool IsEmpty => _relativeNames.IsEmpty;

    /// <summary>Values of the emailAddress attribute, which name constraints cover too.</summary>
    internal ImmutableArray<string> Emails { get; }

    /// <summary>The Name in <paramref name="der"/>, all bytes consumed.</summary>
    public static DistinguishedName Parse(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "distinguished name");
        DerCursor sequence = outer.Sequence();
        outer.End();
        StringBuilder text = new();
        ImmutableArray<ReadOnlyMemory<byte>>.Builder relativeNames = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        List<string> emails = [];
        while (!sequence.AtEnd)
        {
            byte[] relativeName = sequence.Element().ToArray();
            relativeNames.Add(relativeName);
            DerCursor element = new(relativeName, "distinguished name");
            DerCursor set = element.Inside(DerCursor.SetTag);
            if (set.AtEnd)
            {
                throw set.Malformed("empty relative name");
            }

            while (!set.AtEnd)
            {
                ReadAttribute(set.Sequence(), text, emails);
            }
        }

        return new DistinguishedName(der.ToArray(), relativeNames.ToImmutable(), text.ToString(), [.. emails]);
    }

    /// <summary>This name begins with all components of <paramref name="other"/>.</summary>
    public bool IsWithin(DistinguishedName other)
    {
        if (other._relativeNames.Length > _relativeNames.Length)
        {
            return false;
        }

        for (int i = 0; i < other._relativeNames.Length; i++)
        {
            if (!_relativeNames[i].Span.SequenceEqual(other._relativeNames[i].Span))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DistinguishedName? other) => other is not null && Der.Span.SequenceEqual(other.Der.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary><c>O=sigstore.dev, CN=sigstore</c>; untrusted text.</summary>
    public override string ToString() => _text.Length == 0 ? "(empty name)" : _text;

    private static void ReadAttribute(DerCursor attribute, StringBuilder text, List<string> emails)
    {
        string type = attribute.Oid();
        byte tag = attribute.NextTag;
        ReadOnlySpan<byte> value = attribute.Content(tag);
        attribute.End();
        string shown = tag is DerCursor.Utf8StringTag or DerCursor.PrintableStringTag or DerCursor.Ia5StringTag
            ? Utf8Text.Decode(value, "distinguished name")
            : "#" + StrictHex.Encode(value);
        text.Append(text.Length == 0 ? string.Empty : ", ").Append(ShortName(type)).Append('=').Append(shown);
        if (type == EmailAddress)
        {
            emails.Add(shown);
        }
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
