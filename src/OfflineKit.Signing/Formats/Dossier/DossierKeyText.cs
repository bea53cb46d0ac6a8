using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Formats.Dossier;

/// <summary>A public key as the dossier tools write it, in dossiers and in lists of trusted keys.</summary>
internal static class DossierKeyText
{
    /// <summary>Base64 of the 32 bytes of an Ed25519 key, of the SubjectPublicKeyInfo of every other.</summary>
    public static string Of(KeyMaterial key) =>
        System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(key.Kind == KeyKind.Ed25519 ? key.Ed25519Bytes.Span : key.Spki.Span));

    /// <summary>The key in the file with <paramref name="content"/>; one of minisign as its own line, since it makes no other signatures.</summary>
    /// <exception cref="MalformedException">It is no public key, or one that signs no dossiers.</exception>
    public static (string Text, KeyMaterial Material) OfFile(ReadOnlyMemory<byte> content, string name)
    {
        KeyMaterial key = KeyFile.Parse(content, name, name).Material;
        string text = key.IsMinisign ? MinisignText.PublicLine(MinisignPublicKey.Parse(content.Span).Id, key) : Of(key);
        return key.Kind is KeyKind.Ed25519 or KeyKind.P256 ? (text, key) : throw new MalformedException(Reasons.UnsupportedKey, $"{name}: dossiers are signed by P-256 or Ed25519 keys, the key is {key.Kind}");
    }
}
