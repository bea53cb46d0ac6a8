using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>Tells a secret key from what may be given away.</summary>
internal static class SecretKeyCheck
{
    private const int SecretBlobLeast = 100;

    /// <summary>What secret key <paramref name="content"/> holds, in words; null when it holds none that is known.</summary>
    /// <remarks>Encrypted ones count: a password is all that is between them and a forged signature.</remarks>
    public static string? KindOf(ReadOnlyMemory<byte> content)
    {
        // PEM blocks may stand behind certificates or comments, and in UTF-16 every second byte is zero.
        byte[] text = [.. content.Span];
        int length = Compact(text);
        ReadOnlySpan<byte> narrow = text.AsSpan(0, length);
        return narrow.IndexOf("PRIVATE KEY"u8) >= 0 && narrow.IndexOf("-----BEGIN "u8) >= 0 ? "a private key in PEM"
            : IsTwoLines(narrow) ? "a minisign or signify secret key"
            : IsJwk(content) ? "a private JSON web key"
            : IsDer(content) ? "a private key in DER"
            : null;
    }

    private static int Compact(byte[] text)
    {
        int length = 0;
        foreach (byte value in text)
        {
            if (value != 0)
            {
                text[length++] = value;
            }
        }

        return length;
    }

    // The second line of a public key has 56 characters, that of a signature 100.
    private static bool IsTwoLines(ReadOnlySpan<byte> text)
    {
        int start = text.IndexOf("untrusted comment:"u8);
        int end = start < 0 ? -1 : text[start..].IndexOf((byte)'\n');
        ReadOnlySpan<byte> rest = end < 0 ? default : text[(start + end + 1)..];
        int next = rest.IndexOf((byte)'\n');
        byte[] line = (next < 0 ? rest : rest[..next]).TrimEnd((byte)'\r').ToArray();
        return Result.Parse(Reasons.MalformedKey, () => StrictBase64.Decode(line, "key")).Value is { Length: >= SecretBlobLeast } blob && blob.AsSpan().StartsWith("Ed"u8);
    }

    private static bool IsJwk(ReadOnlyMemory<byte> content) => JsonOf(content) is { } json
        && (json.OptionalNotNull("keys") is { Kind: JsonKind.Array } keys ? keys.Elements.Any(IsPrivate) : IsPrivate(json));

    private static bool IsPrivate(JsonValue key) => key.Kind == JsonKind.Object && key.Optional("kty") is not null && (key.Optional("d") ?? key.Optional("k")) is not null;

    private static JsonValue? JsonOf(ReadOnlyMemory<byte> content) => StrictJson.BeginsObject(content.Span)
        ? Result.Parse(Reasons.MalformedKey, () => StrictJson.ParseObject(content, "key")).Value
        : null;

    private static bool IsDer(ReadOnlyMemory<byte> content)
    {
        if (content.Span is not [DerCursor.SequenceTag, ..])
        {
            return false;
        }

        return Read(() => PrivateKeyDer.Pkcs8(content.Span)) || Read(() => PrivateKeyDer.Sec1(content.Span, outerCurve: null)) || Read(() => PrivateKeyDer.Pkcs1(content.Span));

        static bool Read(Func<PrivateHalf> parse)
        {
            using PrivateHalf? half = Result.Parse(Reasons.MalformedKey, parse).Value;
            return half is not null;
        }
    }
}
