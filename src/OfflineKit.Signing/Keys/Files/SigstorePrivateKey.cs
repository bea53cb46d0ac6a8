using OfflineKit.Encoding;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>Opens cosign's encrypted private key: JSON with scrypt and secretbox around PKCS#8.</summary>
/// <remarks>Shape: <c>{"kdf":{"name":"scrypt","params":{"N","r","p"},"salt"},"cipher":{"name":"nacl/secretbox","nonce"},"ciphertext"}</c>.</remarks>
internal static class SigstorePrivateKey
{
    private const int BoxOverhead = 16;

    public static SecretMemory Decrypt(ReadOnlySpan<byte> json, Func<SecretMemory> password)
    {
        // What is copied here is encrypted.
        JsonValue root = StrictJson.Parse(json.ToArray(), "sigstore private key");
        JsonValue kdf = root.Object("kdf"), cipher = root.Object("cipher");
        if (kdf.String("name") != "scrypt" || cipher.String("name") != "nacl/secretbox")
        {
            throw new MalformedException($"sigstore private key: {kdf.String("name")} and {cipher.String("name")}, wanted scrypt and nacl/secretbox");
        }

        JsonValue parameters = kdf.Object("params");
        ScryptCost cost = new(Small(parameters["N"]), Small(parameters["r"]), Small(parameters["p"]));
        byte[] nonce = cipher.Base64("nonce"), box = root.Base64("ciphertext");
        if (nonce.Length != 24 || box.Length <= BoxOverhead)
        {
            throw new MalformedException($"sigstore private key: nonce of {nonce.Length} bytes, wanted 24; box of {box.Length}");
        }

        using SecretMemory secret = password();
        using SecretMemory key = new(32);
        cost.Derive(key, secret, kdf.Base64("salt"));
        SecretMemory opened = new(box.Length - BoxOverhead);
        if (SodiumSecrets.OpenBox(opened.Bytes, box, nonce, key.Bytes))
        {
            return opened;
        }

        opened.Dispose();
        throw SigningReasons.WrongPassword.Refusal("the key file does not open with this password (COSIGN_PASSWORD or the one given)");
    }

    private static int Small(JsonValue number) => number.Integer is >= 0 and <= int.MaxValue ? (int)number.Integer : throw number.Wanted("a small number");
}
