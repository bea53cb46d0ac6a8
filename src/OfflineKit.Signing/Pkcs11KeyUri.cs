using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Signing;

/// <summary>A key on a token, named as RFC 7512 says.</summary>
/// <remarks>Token or slot-id is needed (slot-id wins), and object or id (id wins). Slot numbers change between runs: token labels are better names.</remarks>
public sealed record Pkcs11KeyUri : KeyUri
{
    private Pkcs11KeyUri(string shown) : base(shown)
    {
    }

    /// <summary>The token's label.</summary>
    public string? Token { get; private init; }

    /// <summary>The slot's number.</summary>
    public ulong? SlotId { get; private init; }

    /// <summary>CKA_LABEL of the key.</summary>
    public string? Label { get; private init; }

    /// <summary>CKA_ID of the key.</summary>
    public ReadOnlyMemory<byte>? Id { get; private init; }

    /// <summary>The module, an absolute path; null means <c>COSIGN_PKCS11_MODULE_PATH</c>.</summary>
    public string? ModulePath { get; private init; }

    /// <summary>A file that holds the PIN.</summary>
    public string? PinSource { get; private init; }

    /// <summary>The PIN itself; it showed in the process list, so warn.</summary>
    public string? PinValue { get; private init; }

    internal static Pkcs11KeyUri Of(string text)
    {
        string[] halves = text["pkcs11:".Length..].Split('?');
        if (halves.Length > 2)
        {
            throw Refused(Shown(text), "more than one ? in a pkcs11: URI");
        }

        Dictionary<string, string> path = Attributes(text, halves[0], ';', ["token", "slot-id", "id", "object", "type"]);
        Dictionary<string, string> query = Attributes(text, halves.Length == 2 ? halves[1] : "", '&', ["module-path", "pin-value", "pin-source"]);
        Pkcs11KeyUri uri = new(Shown(text))
        {
            Token = Textual(path, "token"),
            SlotId = path.TryGetValue("slot-id", out string? slot) ? Number(text, slot) : null,
            Label = Textual(path, "object"),
            Id = path.TryGetValue("id", out string? id) ? (ReadOnlyMemory<byte>?)Unescaped(text, id) : null,
            ModulePath = Textual(query, "module-path"),
            PinSource = Textual(query, "pin-source"),
            PinValue = Textual(query, "pin-value"),
        };
        return uri.Complete(text, path.GetValueOrDefault("type"));
    }

    private Pkcs11KeyUri Complete(string text, string? type)
    {
        if ((Token is null && SlotId is null) || (Label is null && Id is null))
        {
            throw Refused(Shown(text), "a pkcs11: URI needs token or slot-id, and object or id");
        }

        if (type is not (null or "private"))
        {
            throw Refused(Shown(text), "a pkcs11: URI of another object type than private");
        }

        return ModulePath is null || Path.IsPathFullyQualified(ModulePath) ? this : throw Refused(Shown(text), "module-path is not absolute");
    }

    // The PIN is cut out of every text that is shown or logged.
    private static string Shown(string text)
    {
        int pin = text.IndexOf("pin-value=", StringComparison.Ordinal);
        if (pin < 0)
        {
            return text;
        }

        int end = text.IndexOf('&', pin);
        return text[..pin] + "pin-value=…" + (end < 0 ? "" : text[end..]);
    }

    private static Dictionary<string, string> Attributes(string text, string part, char separator, string[] known)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach (string attribute in part.Length == 0 ? [] : part.Split(separator))
        {
            string[] pair = attribute.Split('=', 2);
            if (pair.Length != 2 || pair[1].Length == 0 || !known.Contains(pair[0], StringComparer.Ordinal) || !attributes.TryAdd(pair[0], pair[1]))
            {
                throw Refused(Shown(text), $"attribute \"{pair[0]}\" of a pkcs11: URI is unknown, empty or given twice");
            }
        }

        return attributes;

    }

    private static string? Textual(Dictionary<string, string> attributes, string name) =>
        attributes.TryGetValue(name, out string? value) ? System.Text.Encoding.UTF8.GetString(Unescaped(name, value)) : null;

    private static ulong Number(string text, string value) =>
        ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : throw Refused(Shown(text), "slot-id is no number");

    private static byte[] Unescaped(string text, string value)
    {
        List<byte> bytes = [];
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] != '%')
            {
                bytes.AddRange(Utf8Text.Encode(value[i].ToString()));
                continue;
            }

            if (i + 2 >= value.Length || !char.IsAsciiHexDigit(value[i + 1]) || !char.IsAsciiHexDigit(value[i + 2]))
            {
                throw Refused(Shown(text), "a percent sign without two hex digits");
            }

            bytes.Add(byte.Parse(value.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            i += 2;
        }

        return [.. bytes];
    }
}
