using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Signing;

/// <summary>A key on a token, named as RFC 7512 says.</summary>
/// <remarks>
/// Something must name the token (token, serial or slot-id) and something the key (object or id). Everything that is given must fit (RFC 7512 §2.3):
/// nothing beats anything. Slot numbers change between runs: token labels and serial numbers are better names.
/// </remarks>
internal sealed record Pkcs11KeyUri : KeyUri
{
    private const string PinAttribute = "pin-value=";

    private Pkcs11KeyUri(string shown) : base(shown)
    {
    }

    /// <summary>The token's label.</summary>
    public string? Token { get; private init; }

    /// <summary>The token's serial number.</summary>
    public string? Serial { get; private init; }

    /// <summary>The token's manufacturer.</summary>
    public string? Manufacturer { get; private init; }

    /// <summary>The token's model.</summary>
    public string? Model { get; private init; }

    /// <summary>The slot's number.</summary>
    public ulong? SlotId { get; private init; }

    /// <summary>CKA_LABEL of the key.</summary>
    public string? Label { get; private init; }

    /// <summary>CKA_ID of the key.</summary>
    public ReadOnlyMemory<byte>? Id { get; private init; }

    /// <summary>The module, an absolute path; null means <c>COSIGN_PKCS11_MODULE_PATH</c>.</summary>
    public string? ModulePath { get; private init; }

    /// <summary>A file that holds the PIN: a path or a <c>file:</c> URI.</summary>
    public string? PinSource { get; private init; }

    /// <summary>The PIN itself; it showed in the process list, so warn.</summary>
    public string? PinValue { get; private init; }

    /// <summary>The key's name without module and PIN, as documents state it.</summary>
    public string KeyName => Text.Split('?')[0];

    internal static Pkcs11KeyUri Of(string text)
    {
        string[] halves = text["pkcs11:".Length..].Split('?');
        if (halves.Length > 2)
        {
            throw Refused("more than one ? in a pkcs11: URI");
        }

        Dictionary<string, string> path = Attributes(halves[0], ';', ["token", "serial", "manufacturer", "model", "slot-id", "id", "object", "type"]);
        Dictionary<string, string> query = Attributes(halves.Length == 2 ? halves[1] : "", '&', ["module-path", "pin-value", "pin-source"]);
        Pkcs11KeyUri uri = new(Shown(text))
        {
            Token = Textual(path, "token"),
            Serial = Textual(path, "serial"),
            Manufacturer = Textual(path, "manufacturer"),
            Model = Textual(path, "model"),
            SlotId = path.TryGetValue("slot-id", out string? slot) ? Number(slot) : null,
            Label = Textual(path, "object"),
            Id = path.TryGetValue("id", out string? id) ? Unescaped(id).AsMemory() : default(ReadOnlyMemory<byte>?),
            ModulePath = Textual(query, "module-path"),
            PinSource = Textual(query, "pin-source"),
            PinValue = Textual(query, "pin-value"),
        };
        return uri.Complete(path.GetValueOrDefault("type"));
    }

    private Pkcs11KeyUri Complete(string? type)
    {
        if ((Token is null && Serial is null && SlotId is null) || (Label is null && Id is null))
        {
            throw Refused("a pkcs11: URI needs token, serial or slot-id, and object or id");
        }

        if (type is not (null or "private"))
        {
            throw Refused("a pkcs11: URI of another object type than private");
        }

        if (PinValue is not null && PinSource is not null)
        {
            throw Refused("a pkcs11: URI with both pin-value and pin-source");
        }

        return ModulePath is null || Path.IsPathFullyQualified(ModulePath) ? this : throw Refused("module-path is not absolute");
    }

    private static SigningException Refused(string why) => Refused("pkcs11:", why);

    // The PIN is cut out of every text that is shown or logged.
    private static string Shown(string text)
    {
        string[] halves = text.Split('?');
        return halves.Length == 1
            ? text
            : $"{halves[0]}?{string.Join('&', halves[1].Split('&').Select(part => part.StartsWith(PinAttribute, StringComparison.Ordinal) ? PinAttribute + "…" : part))}";
    }

    private static Dictionary<string, string> Attributes(string part, char separator, string[] known)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach (string attribute in part.Length == 0 ? [] : part.Split(separator))
        {
            string[] pair = attribute.Split('=', 2);
            if (pair.Length != 2 || pair[1].Length == 0 || !known.Contains(pair[0], StringComparer.Ordinal) || !attributes.TryAdd(pair[0], pair[1]))
            {
                throw Refused($"attribute \"{pair[0]}\" of a pkcs11: URI is unknown, empty or given twice; known are {string.Join(", ", known)}");
            }
        }

        return attributes;
    }

    private static string? Textual(Dictionary<string, string> attributes, string name)
    {
        if (!attributes.TryGetValue(name, out string? value))
        {
            return null;
        }

        Result<string> text = Result.Parse(SigningReasons.MalformedKeyUri, () => Utf8Text.Decode(Unescaped(value), name));
        return text.Value ?? throw Refused($"{name} is not UTF-8");
    }

    private static ulong Number(string value) =>
        ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : throw Refused("slot-id is no number");

    private static byte[] Unescaped(string value)
    {
        ReadOnlySpan<byte> escaped = System.Text.Encoding.UTF8.GetBytes(value);
        List<byte> bytes = [];
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != (byte)'%')
            {
                bytes.Add(escaped[i]);
                continue;
            }

            if (i + 2 >= escaped.Length || !byte.TryParse(escaped.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet))
            {
                throw Refused("a percent sign without two hex digits");
            }

            bytes.Add(octet);
            i += 2;
        }

        return [.. bytes];
    }
}
