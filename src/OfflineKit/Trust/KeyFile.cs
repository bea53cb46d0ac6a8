using System.Collections.Immutable;
using System.Text;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Trust;

/// <summary>Reads a public key file, whatever public-key container it is, and refuses everything else by name.</summary>
/// <remarks>
/// Accepted: PEM <c>PUBLIC KEY</c> and <c>RSA PUBLIC KEY</c>, SubjectPublicKeyInfo DER, its base64 on one line, the base64 of an Ed25519 key, the JSON of AWS, Google,
/// Vault and Azure (JWK), and minisign or signify keys, also their one line alone, and OpenPGP certificates; with a byte order mark and in UTF-16. Errors: <see cref="MalformedException"/> with the reasons <c>key.*</c>.
/// Source: docs/spec/keys.md.
/// </remarks>
internal static class KeyFile
{
    private const int Ed25519Size = 32;

    // As JSON Web Keys and StellaOps write it: in base64url without padding.
    private const int Ed25519UrlLength = 43;

    /// <summary>The key in <paramref name="content"/>, to be trusted under <paramref name="name"/>.</summary>
    public static TrustedKey Parse(ReadOnlyMemory<byte> content, string name, string root)
    {
        content = Text(content);
        ReadOnlySpan<byte> bytes = content.Span;
        if (bytes.IsEmpty)
        {
            throw new MalformedException("the key file is empty");
        }

        if (JsonKeyFile.LooksLike(bytes))
        {
            return JsonKeyFile.Parse(content, name, root);
        }

        if (OpenPgpCertificateFile.LooksLike(bytes))
        {
            return OpenPgpCertificateFile.Parse(content, name, root);
        }

        if (Pem.LooksLike(bytes))
        {
            return new TrustedKey(name, PemKeyFile.Parse(bytes), root);
        }

        if (MinisignPublicKey.LooksLike(bytes))
        {
            return Minisign(MinisignPublicKey.Parse(bytes), name, root);
        }

        if (bytes[0] == DerCursor.SequenceTag)
        {
            return new TrustedKey(name, DerKeyFile.Parse(bytes), root);
        }

        SshLine.Refuse(bytes);
        return FromBase64Line(bytes, name, root);
    }

    /// <summary>The keys in <paramref name="content"/> that are called one of <paramref name="ids"/>, where it is a set of several; its only key, whatever it is called, otherwise.</summary>
    /// <remarks>Without ids, every OpenPGP certificate of a file is meant: any of them may have signed.</remarks>
    public static KeyFileContent ParseChosen(ReadOnlyMemory<byte> content, string name, string root, ImmutableArray<string> ids)
    {
        ReadOnlyMemory<byte> text = Text(content);
        return JsonKeyFile.LooksLike(text.Span) ? new KeyFileContent(JsonKeyFile.ParseChosen(text, name, root, ids), [])
            : OpenPgpCertificateFile.LooksLike(text.Span) ? OpenPgpCertificateFile.ParseAll(text, name, root).Demanded().Chosen(ids)
            : new KeyFileContent([Parse(text, name, root)], []);
    }

    /// <summary>What a file among others says against keys although none in it can be used: OpenPGP certificates with a revocation that cannot be read, above all. Empty for other files.</summary>
    public static KeyFileContent ParseWarnings(ReadOnlyMemory<byte> content, string name, string root)
    {
        ReadOnlyMemory<byte> text = Text(content);
        return OpenPgpCertificateFile.LooksLike(text.Span) ? OpenPgpCertificateFile.ParseAll(text, name, root) with { Keys = [] } : new KeyFileContent([], []);
    }

    // Files of certificates alone are long: whatever others certified stands in them.
    private static ReadOnlyMemory<byte> Text(ReadOnlyMemory<byte> content)
    {
        OpenPgpCertificateFile.RefuseKeybox(content.Span);
        ReadOnlyMemory<byte> text = ByteOrderMark.Narrow(content, "key file");
        return text.Length <= Limits.KeyFile || OpenPgpCertificateFile.LooksLike(text.Span)
            ? text
            : throw new MalformedException(Reasons.InputTooLarge, $"key file is larger than {Limits.KeyFile} bytes");
    }

    // What stands in base64, in one line or in the several that `base64` makes of it: DER, the 32 bytes of an Ed25519 key as Vault prints them, a minisign key, or the whole file of one.
    private static TrustedKey FromBase64Line(ReadOnlySpan<byte> text, string name, string root)
    {
        ReadOnlySpan<byte> line = text.TrimEnd("\r\n"u8);
        byte[] decoded = line.Length == Ed25519UrlLength && Ascii.IsValid(line) ? StrictBase64.DecodeEitherAlphabet(System.Text.Encoding.ASCII.GetString(line) + "=", "key file") : StrictBase64.DecodeWrapped(text, "key file");
        return decoded switch
        {
            { Length: Ed25519Size } => new TrustedKey(name, KeyMaterial.Ed25519(decoded), root),
            [(byte)'E', (byte)'d', ..] => Minisign(MinisignPublicKey.ParseLine(StrictBase64.Encode(decoded)), name, root),
            _ when MinisignPublicKey.LooksLike(decoded) => Minisign(MinisignPublicKey.Parse(decoded), name, root),
            _ => new TrustedKey(name, DerKeyFile.Parse(decoded), root),
        };
    }

    private static TrustedKey Minisign(MinisignPublicKey key, string name, string root) =>
        new(name, key.Material, root) { Hints = [key.DisplayId], Schemes = [SignatureScheme.Ed25519] };
}
