using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>Reads a public key file, whatever public-key container it is, and refuses everything else by name.</summary>
/// <remarks>
/// Accepted: PEM <c>PUBLIC KEY</c> and <c>RSA PUBLIC KEY</c>, SubjectPublicKeyInfo DER, its base64 on one line, and minisign or signify keys.
/// Errors: <see cref="MalformedException"/> with the reasons <c>key.*</c>.
/// Source: kms-signatures specification §5, docs/spec/keys.md.
/// </remarks>
public static class KeyFile
{
    /// <summary>The key in <paramref name="content"/>, to be trusted under <paramref name="name"/>.</summary>
    public static TrustedKey Parse(ReadOnlyMemory<byte> content, string name, string root)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        if (bytes.IsEmpty)
        {
            throw new MalformedException("the key file is empty");
        }

        if (Pem.LooksLike(bytes))
        {
            return new TrustedKey(name, FromPem(bytes), root);
        }

        if (MinisignPublicKey.LooksLike(bytes))
        {
            MinisignPublicKey key = MinisignPublicKey.Parse(bytes);
            return new TrustedKey(name, key.Material, root) { Hints = [key.DisplayId], Schemes = [SignatureScheme.Ed25519] };
        }

        if (bytes[0] == DerCursor.SequenceTag)
        {
            return new TrustedKey(name, FromDer(bytes), root);
        }

        return new TrustedKey(name, FromBase64Line(bytes), root);
    }

    private static KeyMaterial FromPem(ReadOnlySpan<byte> text)
    {
        // A secret is named as such even when the file around it is malformed.
        if (text.IndexOf("PRIVATE KEY-----"u8) >= 0)
        {
            throw new MalformedException(Reasons.PrivateKeyGiven, "the key file holds a private key");
        }

        Pem block = Pem.ParseOne(text, "key file");
        return block.Label switch
        {
            "PUBLIC KEY" => SubjectPublicKeyInfo.Parse(block.Content.Span),
            "RSA PUBLIC KEY" => SubjectPublicKeyInfo.ParsePkcs1(block.Content.Span),
            "CERTIFICATE" => throw new MalformedException(Reasons.CertificateGiven, "the key file holds a certificate"),
            _ => throw new MalformedException(Reasons.UnsupportedKey, $"PEM block {block.Label}"),
        };
    }

    private static KeyMaterial FromDer(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "key file");
        DerCursor first = outer.Sequence();
        return first.NextTag switch
        {
            // PKCS#8, PKCS#1 and SEC 1 private keys all begin with a version number.
            DerCursor.IntegerTag => throw new MalformedException(Reasons.PrivateKeyGiven, "the key file holds a private key in DER"),
            DerCursor.SequenceTag when first.Sequence().NextTag != DerCursor.OidTag =>
                throw new MalformedException(Reasons.CertificateGiven, "the key file holds a certificate in DER"),
            _ => SubjectPublicKeyInfo.Parse(der),
        };
    }

    private static KeyMaterial FromBase64Line(ReadOnlySpan<byte> text)
    {
        LineCursor lines = new(text);
        byte[] der = StrictBase64.Decode(lines.Line("key file"), "key file");
        lines.OnlyEmptyLinesFollow("key file");
        return FromDer(der);
    }
}
