using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>Opens a private key file, whatever private-key container it is.</summary>
internal static class PrivateKeyFile
{
    public static (PrivateHalf Half, ulong? MinisignId) Open(string path, KeyOpening opening)
    {
        using SecretMemory content = SecretFile.Read(path);
        try
        {
            return MinisignPublicKey.LooksLike(content.Bytes) ? TwoLines(content, path, opening) : (FromPem(content, path, opening), null);
        }
        catch (MalformedException fault)
        {
            throw new SigningException((fault.Reason ?? SigningReasons.KeyUnreadable).Because($"{path}: {fault.Message}"), fault);
        }
    }

    /// <summary>The one format that the key at <paramref name="path"/> is made for: minisign or signify; null where it may sign in several.</summary>
    /// <exception cref="SigningException"><c>sign.key-unreadable</c>.</exception>
    public static string? OnlyFormat(string path)
    {
        using SecretMemory content = SecretFile.Read(path);
        if (!MinisignPublicKey.LooksLike(content.Bytes))
        {
            return null;
        }

        using SecretMemory blob = Result.Parse(SigningReasons.KeyUnreadable, () => MinisignText.SecretBlob(content.Bytes)) is { } read && read.Value is { } decoded
            ? decoded : throw new SigningException(SigningReasons.KeyUnreadable.Because($"{path}: {read.Finding!.Detail}"));
        return blob.Length == SignifySecretKey.Size ? "signify" : "minisign";
    }

    private static (PrivateHalf Half, ulong? MinisignId) TwoLines(SecretMemory content, string path, KeyOpening opening)
    {
        using SecretMemory blob = MinisignText.SecretBlob(content.Bytes);
        switch (blob.Length)
        {
            case SignifySecretKey.Size:
                (Ed25519PrivateHalf half, ulong id) = SignifySecretKey.Read(blob.Bytes);
                return (half, id);
            case MinisignSecretKey.Size:
                MinisignSecretKey key = MinisignSecretKey.Read(blob.Bytes, () => opening.Passwords.Ask($"password of {path}"));
                return (key.Half, key.Id);
            case 42:
                throw new MalformedException("a public key, wanted the secret key");
            default:
                throw new MalformedException($"secret key of {blob.Length} bytes, wanted 158 (minisign) or 104 (signify)");
        }
    }

    private static PrivateHalf FromPem(SecretMemory content, string path, KeyOpening opening)
    {
        if (!SecretPem.LooksLike(content.Bytes))
        {
            throw new MalformedException("neither PEM nor a minisign or signify secret key");
        }

        using SecretPem pem = SecretPem.Read(content.Bytes);
        switch (pem.Label)
        {
            case "PRIVATE KEY":
                return PrivateKeyDer.Pkcs8(pem.Content.Bytes);
            case "EC PRIVATE KEY":
                return PrivateKeyDer.Sec1(pem.Content.Bytes, outerCurve: null);
            case "RSA PRIVATE KEY":
                return PrivateKeyDer.Pkcs1(pem.Content.Bytes);
            case "ENCRYPTED PRIVATE KEY":
                using (SecretMemory opened = EncryptedPkcs8.Decrypt(pem.Content.Bytes, () => opening.Passwords.Ask($"password of {path}")))
                {
                    return Decrypted(opened);
                }

            case "ENCRYPTED SIGSTORE PRIVATE KEY" or "ENCRYPTED COSIGN PRIVATE KEY":
                using (SecretMemory opened = SigstorePrivateKey.Decrypt(pem.Content.Bytes, () => CosignPassword(path, opening)))
                {
                    return PrivateKeyDer.Pkcs8(opened.Bytes);
                }

            case "PUBLIC KEY" or "CERTIFICATE":
                throw new MalformedException($"a {pem.Label}, wanted a private key");
            default:
                throw new MalformedException(Reasons.UnsupportedKey, $"PEM block {pem.Label}");
        }
    }

    // CBC has no checksum: one wrong password in 256 pads well and gives garbage.
    private static PrivateHalf Decrypted(SecretMemory opened)
    {
        try
        {
            return PrivateKeyDer.Pkcs8(opened.Bytes);
        }
        catch (MalformedException fault) when (fault.Reason is null)
        {
            throw SigningReasons.WrongPassword.Refusal("the key file opens to something that is no private key");
        }
    }

    private static SecretMemory CosignPassword(string path, KeyOpening opening)
    {
        if (opening.Variable("COSIGN_PASSWORD") is not { } password)
        {
            return opening.Passwords.Ask($"password of {path}");
        }

        opening.OnRemark("the key's password comes from COSIGN_PASSWORD");
        return SecretMemory.TakeOver(Utf8Text.Encode(password));
    }
}
