using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>A public key in PEM: exactly one block, told apart by its label.</summary>
internal static class PemKeyFile
{
    /// <summary>The key in <paramref name="text"/>.</summary>
    public static KeyMaterial Parse(ReadOnlySpan<byte> text)
    {
        // A secret or a certificate is named as such even when the file around it is malformed.
        if (text.IndexOf("PRIVATE KEY-----"u8) >= 0)
        {
            throw new MalformedException(Reasons.PrivateKeyGiven, "the key file holds a private key");
        }

        if (text.IndexOf("-----BEGIN CERTIFICATE-----"u8) >= 0)
        {
            throw new MalformedException(Reasons.CertificateGiven, "the key file holds a certificate");
        }

        Pem block = Pem.ParseOne(text, "key file");
        return block.Label switch
        {
            "PUBLIC KEY" => SubjectPublicKeyInfo.Parse(block.Content.Span),
            "RSA PUBLIC KEY" => SubjectPublicKeyInfo.ParsePkcs1(block.Content.Span),
            _ => throw new MalformedException(Reasons.UnsupportedKey, $"PEM block \"{block.Label}\", wanted \"PUBLIC KEY\""),
        };
    }
}
