using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>The forms of a GeneralName; the values are the context tags of RFC 5280 §4.2.1.6.</summary>
internal enum GeneralNameKind
{
    OtherName = 0,
    Email = 1,
    Dns = 2,
    X400Address = 3,
    Directory = 4,
    EdiPartyName = 5,
    Uri = 6,
    IpAddress = 7,
    RegisteredId = 8,
}

/// <summary>One name of a subject, or the base of one name constraint.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Text">The name as text: mail address, host, URI, or the UTF-8 text of Fulcio's otherName; otherwise for display only.</param>
/// <param name="Value">The bytes inside the tag.</param>
internal sealed record GeneralName(GeneralNameKind Kind, string Text, ReadOnlyMemory<byte> Value)
{
    /// <summary>Fulcio's otherName for user names that are neither mail address nor URI.</summary>
    public const string FulcioUserName = "1.3.6.1.4.1.57264.1.7";

    // RFC 9598 §6: a mailbox beyond ASCII is held against the constraints of mail addresses as well.
    private const string SmtpUtf8Mailbox = "1.3.6.1.5.5.7.8.9";

    /// <summary>Constraints of the form <paramref name="form"/> hold for this name.</summary>
    internal bool IsConstrainedBy(GeneralNameKind form) => form == Kind || (form == GeneralNameKind.Email && TypeId == SmtpUtf8Mailbox);

    /// <summary>The type of an otherName; null for other forms.</summary>
    public string? TypeId { get; private init; }

    /// <summary>The name of a directoryName; null for other forms.</summary>
    public DistinguishedName? DirectoryName { get; private init; }

    /// <summary>The next name under <paramref name="cursor"/>, in any form of RFC 5280.</summary>
    public static GeneralName Parse(ref DerCursor cursor)
    {
        byte tag = cursor.NextTag;
        int number = tag & 0x1F;
        bool constructed = number is 0 or 3 or 4 or 5;
        if (number > 8 || tag != (constructed ? DerCursor.Constructed(number) : DerCursor.Primitive(number)))
        {
            throw cursor.Malformed($"tag {tag:X2} is no general name");
        }

        GeneralNameKind kind = (GeneralNameKind)number;
        byte[] value = cursor.Content(tag).ToArray();
        return kind switch
        {
            GeneralNameKind.OtherName => OtherName(value),
            GeneralNameKind.Directory => Directory(value),
            GeneralNameKind.Email or GeneralNameKind.Dns or GeneralNameKind.Uri => new GeneralName(kind, VisibleAscii(value, kind), value),
            GeneralNameKind.IpAddress => new GeneralName(kind, Address(value), value),
            _ => new GeneralName(kind, $"{kind} {StrictHex.Encode(value)}", value),
        };
    }

    /// <summary>The names of a GeneralNames content: at least one.</summary>
    internal static ImmutableArray<GeneralName> ParseAll(DerCursor names)
    {
        ImmutableArray<GeneralName>.Builder all = ImmutableArray.CreateBuilder<GeneralName>();
        do
        {
            all.Add(Parse(ref names));
        }
        while (!names.AtEnd);

        return all.ToImmutable();
    }

    /// <summary>A subject's distinguished name, seen as a name to be constrained.</summary>
    internal static GeneralName OfDirectory(DistinguishedName name) => new(GeneralNameKind.Directory, name.ToString(), name.Der) { DirectoryName = name };

    /// <summary>A mail address in a distinguished name, seen as a name to be constrained.</summary>
    internal static GeneralName OfEmail(string address) => new(GeneralNameKind.Email, address, ReadOnlyMemory<byte>.Empty);

    private static GeneralName OtherName(byte[] value)
    {
        DerCursor inside = new(value, "otherName");
        string typeId = inside.Oid();
        DerCursor wrapped = inside.Inside(DerCursor.Constructed(0));
        inside.End();
        if (typeId != FulcioUserName)
        {
            _ = wrapped.Element();
            wrapped.End();
            return new GeneralName(GeneralNameKind.OtherName, $"otherName {typeId}", value) { TypeId = typeId };
        }

        string text = Utf8Text.Decode(wrapped.Content(DerCursor.Utf8StringTag), "otherName");
        wrapped.End();
        return new GeneralName(GeneralNameKind.OtherName, text, value) { TypeId = typeId };
    }

    private static GeneralName Directory(byte[] value)
    {
        DistinguishedName name = DistinguishedName.Parse(value);
        return new GeneralName(GeneralNameKind.Directory, name.ToString(), value) { DirectoryName = name };
    }

    // Written here because the BCL's address type belongs to its network library.
    private static string Address(byte[] value) => value.Length switch
    {
        4 => string.Join('.', value),
        8 => $"{string.Join('.', value[..4])}/{string.Join('.', value[4..])}",
        16 => StrictHex.Encode(value),
        32 => $"{StrictHex.Encode(value.AsSpan(0, 16))}/{StrictHex.Encode(value.AsSpan(16))}",
        _ => throw new MalformedException($"IP address of {value.Length} bytes"),
    };

    private static string VisibleAscii(byte[] value, GeneralNameKind kind) =>
        value.AsSpan().ContainsAnyExceptInRange((byte)0x21, (byte)0x7E)
            ? throw new MalformedException($"{kind} name: a character that is not visible ASCII")
            : System.Text.Encoding.ASCII.GetString(value);
}
