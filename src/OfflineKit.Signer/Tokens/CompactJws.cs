using OfflineKit.Encoding;

namespace OfflineKit.Signer.Tokens;

/// <summary>A compact JWS with JSON in it, as it is spelled; nothing of it is believed yet.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Header">The protected header.</param>
/// <param name="Payload">The claims.</param>
/// <param name="Signature">The signature's bytes.</param>
/// <remarks>Shape: three parts, strict base64url without padding, strict JSON objects. Source: RFC 7515 §3.1, RFC 7519 §7.2.</remarks>
internal sealed record CompactJws(string Text, JsonValue Header, JsonValue Payload, ReadOnlyMemory<byte> Signature)
{
    // By these a token would bring its own trust along, or ask for rules that nobody here knows.
    private static readonly string[] Refused = ["crit", "jku", "x5u", "x5c", "b64", "zip"];

    /// <summary>The JWS in <paramref name="text"/>, of at most <paramref name="limit"/> characters.</summary>
    /// <exception cref="MalformedException">Anything else.</exception>
    public static CompactJws Parse(string text, int limit, string what)
    {
        if (text.Length > limit)
        {
            throw new MalformedException($"{what}: {text.Length} characters, limit {limit}");
        }

        string[] parts = text.Split('.');
        if (parts.Length != 3)
        {
            throw new MalformedException($"{what}: {parts.Length} parts, wanted 3");
        }

        JsonValue header = StrictJson.ParseObject(StrictBase64.DecodeUrl(parts[0], $"{what} header"), $"{what} header");
        if (Refused.FirstOrDefault(name => header.Optional(name) is not null) is { } name)
        {
            throw new MalformedException($"{what} header: member \"{name}\"");
        }

        return new CompactJws(
            text,
            header,
            StrictJson.ParseObject(StrictBase64.DecodeUrl(parts[1], $"{what} payload"), $"{what} payload"),
            StrictBase64.DecodeUrl(parts[2], $"{what} signature"));
    }

    /// <summary>The algorithm that the header names.</summary>
    public string Algorithm => Header.String("alg");

    /// <summary>The bytes that the signature covers.</summary>
    public byte[] SignedBytes => Utf8Text.Encode(Text[..Text.LastIndexOf('.')]);
}
