using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>A public key in DER: a SubjectPublicKeyInfo and nothing else.</summary>
internal static class DerKeyFile
{
    /// <summary>The key in <paramref name="der"/>.</summary>
    public static KeyMaterial Parse(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "key file");
        DerCursor first = outer.Sequence();
        return first.NextTag switch
        {
            // Every private key form begins with a small version number, an RSAPublicKey with its modulus.
            DerCursor.IntegerTag when first.Integer().Length > 1 => SubjectPublicKeyInfo.ParsePkcs1(der),
            DerCursor.IntegerTag => throw new MalformedException(Reasons.PrivateKeyGiven, "the key file holds a private key in DER"),
            DerCursor.SequenceTag when first.Sequence().NextTag != DerCursor.OidTag =>
                throw new MalformedException(Reasons.CertificateGiven, "the key file holds a certificate in DER"),
            _ => SubjectPublicKeyInfo.Parse(der),
        };
    }
}
