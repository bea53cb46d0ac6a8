using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>Reads a public key file, whatever public-key container it is, and refuses everything else by name.</summary>
/// <remarks>
/// Accepted: PEM <c>PUBLIC KEY</c> and <c>RSA PUBLIC KEY</c>, SubjectPublicKeyInfo DER, its base64 on one line, the JSON of AWS, Google and Azure
/// (JWK), and minisign or signify keys. Errors: <see cref="MalformedException"/> with the reasons <c>key.*</c>.
/// Source: docs/spec/keys.md.
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

        if (JsonKeyFile.LooksLike(bytes))
        {
            return JsonKeyFile.Parse(content, name, root);
        }

        if (Pem.LooksLike(bytes))
        {
            return new TrustedKey(name, PemKeyFile.Parse(bytes), root);
        }

        if (MinisignPublicKey.LooksLike(bytes))
        {
            MinisignPublicKey key = MinisignPublicKey.Parse(bytes);
            return new TrustedKey(name, key.Material, root) { Hints = [key.DisplayId], Schemes = [SignatureScheme.Ed25519] };
        }

        if (bytes[0] == DerCursor.SequenceTag)
        {
            return new TrustedKey(name, DerKeyFile.Parse(bytes), root);
        }

        SshLine.Refuse(bytes);
        return new TrustedKey(name, FromBase64Line(bytes), root);
    }

    private static KeyMaterial FromBase64Line(ReadOnlySpan<byte> text)
    {
        LineCursor lines = new(text);
        byte[] der = StrictBase64.Decode(lines.Line("key file"), "key file");
        lines.OnlyEmptyLinesFollow("key file");
        return DerKeyFile.Parse(der);
    }
}
