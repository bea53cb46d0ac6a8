using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dossier;

/// <summary>A public key in a dossier or in <c>trusted-keys.txt</c>: it says which key is meant, and nothing about trust.</summary>
/// <remarks>
/// Shape: the base64 of 32 bytes (Ed25519; what the dossier tools write), the base64 of a SubjectPublicKeyInfo, one PEM block with nothing around it, or a minisign key line.
/// Source: docs/spec/dossier.md §3, §4.
/// </remarks>
internal static class DossierKey
{
    private const int MinisignLine = 56;

    /// <summary>The key in <c>public_key</c> of a signature object, which must go with <paramref name="scheme"/>; null when there is none.</summary>
    public static KeyMaterial? In(JsonValue signature, SignatureScheme scheme)
    {
        if (signature.OptionalString("public_key") is not { } text)
        {
            return null;
        }

        KeyMaterial key = Parse(text, "signature.public_key");
        return PublicKey.Fits(key, scheme)
            ? key
            : throw new MalformedException(Reasons.AlgorithmMismatch, $"signature.public_key is a {key.Kind} key, which does not go with {signature.String("algorithm")}");
    }

    /// <summary>The key in <paramref name="text"/>, in whichever of the four spellings.</summary>
    public static KeyMaterial Parse(string text, string what)
    {
        byte[] bytes = Utf8Text.Encode(text);
        if (IsMinisign(text))
        {
            return MinisignPublicKey.ParseLine(bytes).Material;
        }

        if (bytes.AsSpan().StartsWith("-----BEGIN "u8))
        {
            Pem block = Pem.ParseOne(bytes, what);
            return block.Label == "PUBLIC KEY"
                ? SubjectPublicKeyInfo.Parse(block.Content.Span)
                : throw new MalformedException(Reasons.UnsupportedKey, $"{what}: PEM block {block.Label}, wanted PUBLIC KEY");
        }

        byte[] decoded = StrictBase64.Decode(bytes, what);
        return decoded.Length == 32 ? KeyMaterial.Ed25519(decoded) : SubjectPublicKeyInfo.Parse(decoded);
    }

    /// <summary>The text has the length and the beginning of a minisign key line.</summary>
    public static bool IsMinisign(string text) => text.Length == MinisignLine && text.StartsWith("RW", StringComparison.Ordinal);
}
