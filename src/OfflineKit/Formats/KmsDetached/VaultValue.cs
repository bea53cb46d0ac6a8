using OfflineKit.Encoding;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>Vault's spelling of a signature: <c>vault:v3:BASE64</c>.</summary>
/// <remarks>The number is the key's version, a hint. The alphabet tells nothing about the ECDSA encoding.</remarks>
internal static class VaultValue
{
    /// <summary>How the text begins.</summary>
    public static ReadOnlySpan<byte> Prefix => "vault:v"u8;

    /// <summary>The value in <paramref name="text"/>.</summary>
    public static KmsSignature Parse(string text)
    {
        string[] parts = text.Split(':');
        bool formed = parts is ["vault", ['v', .. string version], _]
            && version.Length is > 0 and < 10
            && version[0] != '0'
            && version.All(char.IsAsciiDigit);
        return formed
            ? new KmsSignature("vault", [LooseBase64.Decode(parts[2], "Vault signature")]) { KeyHint = parts[1] }
            : throw new MalformedException("Vault signature: not of the form vault:vN:BASE64");
    }
}

/// <summary>Base64 where a service's own callers disagree: either alphabet, one a value, padding optional.</summary>
internal static class LooseBase64
{
    /// <summary>The bytes behind <paramref name="text"/>.</summary>
    public static byte[] Decode(string text, string what)
    {
        // Padded as a whole or not at all: a part of it is the mark of a value that was cut.
        int missing = text.Contains('=', StringComparison.Ordinal) ? 0 : (4 - (text.Length % 4)) % 4;
        return StrictBase64.DecodeEitherAlphabet(text + new string('=', missing), what);
    }
}
