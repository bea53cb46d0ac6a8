using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>Opens a PKCS#8 key under PBES2: PBKDF2 or scrypt, and AES-CBC.</summary>
/// <remarks>Source: RFC 8018 §6.2 and A.2–A.4, RFC 7914 §7. The work that the file asks for is bounded.</remarks>
internal static class EncryptedPkcs8
{
    private const string Pbes2 = "1.2.840.113549.1.5.13", Pbkdf2 = "1.2.840.113549.1.5.12", ScryptOid = "1.3.6.1.4.1.11591.4.11";
    private const int IterationLimit = 10_000_000;

    public static SecretMemory Decrypt(ReadOnlySpan<byte> der, Func<SecretMemory> password)
    {
        DerCursor outer = new(der, "encrypted private key");
        DerCursor info = outer.Sequence();
        outer.End();
        DerCursor algorithm = info.Sequence();
        ReadOnlySpan<byte> encrypted = info.Content(DerCursor.OctetStringTag);
        info.End();
        string oid = algorithm.Oid();
        if (oid != Pbes2)
        {
            throw new MalformedException(Reasons.UnsupportedKey, $"private key encrypted by {oid}, wanted PBES2; convert it with `openssl pkcs8 -topk8 -v2 aes-256-cbc`");
        }

        DerCursor parameters = algorithm.Sequence();
        algorithm.End();
        DerCursor derivation = parameters.Sequence(), encryption = parameters.Sequence();
        parameters.End();
        int keySize = KeySize(encryption.Oid());
        ReadOnlySpan<byte> iv = encryption.Content(DerCursor.OctetStringTag);
        encryption.End();
        if (iv.Length != 16)
        {
            throw new MalformedException($"encrypted private key: initialisation vector of {iv.Length} bytes, wanted 16");
        }

        using SecretMemory secret = password();
        using SecretMemory key = Derived(ref derivation, secret, keySize);
        return Opened(key, iv, encrypted);
    }

    private static SecretMemory Derived(ref DerCursor derivation, SecretMemory password, int keySize)
    {
        string oid = derivation.Oid();
        DerCursor parameters = derivation.Sequence();
        derivation.End();
        ReadOnlySpan<byte> salt = parameters.Content(DerCursor.OctetStringTag);
        SecretMemory key = new(keySize);
        switch (oid)
        {
            case Pbkdf2:
                Pbkdf2Into(key, ref parameters, password, salt);
                return key;
            case ScryptOid:
                ScryptInto(key, ref parameters, password, salt);
                return key;
            default:
                throw new MalformedException(Reasons.UnsupportedKey, $"private key encrypted under the key derivation {oid}");
        }
    }

    private static void Pbkdf2Into(SecretMemory key, ref DerCursor parameters, SecretMemory password, ReadOnlySpan<byte> salt)
    {
        int iterations = parameters.SmallInteger();
        RefuseOtherKeySize(ref parameters, key.Length);
        HashAlgorithmName hash = HashAlgorithmName.SHA1;
        if (!parameters.AtEnd)
        {
            DerCursor prf = parameters.Sequence();
            hash = Prf(prf.Oid());
            prf.Null();
            prf.End();
        }

        parameters.End();
        if (iterations is < 1 or > IterationLimit)
        {
            throw SigningReasons.KeyTooExpensive.Refusal($"{iterations} PBKDF2 iterations, limit {IterationLimit}");
        }

        Rfc2898DeriveBytes.Pbkdf2(password.Bytes, salt, key.Bytes, iterations, hash);
    }

    private static void ScryptInto(SecretMemory key, ref DerCursor parameters, SecretMemory password, ReadOnlySpan<byte> salt)
    {
        ScryptCost cost = new(parameters.SmallInteger(), parameters.SmallInteger(), parameters.SmallInteger());
        RefuseOtherKeySize(ref parameters, key.Length);
        parameters.End();
        cost.Derive(key, password, salt);
    }

    private static void RefuseOtherKeySize(ref DerCursor parameters, int wanted)
    {
        if (parameters.Next(DerCursor.IntegerTag) && parameters.SmallInteger() is int size && size != wanted)
        {
            throw new MalformedException($"encrypted private key: derived key of {size} bytes, wanted {wanted}");
        }
    }

    private static SecretMemory Opened(SecretMemory key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> encrypted)
    {
        byte[] managed = GC.AllocateArray<byte>(key.Length, pinned: true);
        key.Bytes.CopyTo(managed);
        using SecretMemory room = new(encrypted.Length + 1);
        try
        {
            using Aes aes = Aes.Create();
            aes.Key = managed;
            int length = aes.DecryptCbc(encrypted, iv, room.Bytes, PaddingMode.PKCS7);
            return room.Part(0, length);
        }
        catch (CryptographicException)
        {
            throw SigningReasons.WrongPassword.Refusal("the key file does not open with this password");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(managed);
        }
    }

    private static int KeySize(string oid) => oid switch
    {
        "2.16.840.1.101.3.4.1.2" => 16,
        "2.16.840.1.101.3.4.1.22" => 24,
        "2.16.840.1.101.3.4.1.42" => 32,
        _ => throw new MalformedException(Reasons.UnsupportedKey, $"private key encrypted by {oid}, wanted AES-CBC"),
    };

    private static HashAlgorithmName Prf(string oid) => oid switch
    {
        "1.2.840.113549.2.7" => HashAlgorithmName.SHA1,
        "1.2.840.113549.2.9" => HashAlgorithmName.SHA256,
        "1.2.840.113549.2.10" => HashAlgorithmName.SHA384,
        "1.2.840.113549.2.11" => HashAlgorithmName.SHA512,
        _ => throw new MalformedException(Reasons.UnsupportedKey, $"private key encrypted under the function {oid}"),
    };
}

/// <summary>Bounded cost parameters of scrypt, read from a key file.</summary>
internal readonly record struct ScryptCost(int N, int R, int P)
{
    private const long MemoryLimit = 1L << 30;

    /// <summary>Fills <paramref name="key"/>.</summary>
    /// <exception cref="SigningException"><c>sign.key-cost</c>: N is no power of two, or more than 1 GiB or p above 16.</exception>
    public void Derive(SecretMemory key, SecretMemory password, ReadOnlySpan<byte> salt)
    {
        bool bounded = N > 1 && int.IsPow2(N) && R is > 0 and <= 64 && P is > 0 and <= 16 && 128L * N * R <= MemoryLimit;
        if (!bounded || !SodiumSecrets.Scrypt(key.Bytes, password.Bytes, salt, (ulong)N, (uint)R, (uint)P))
        {
            throw SigningReasons.KeyTooExpensive.Refusal($"scrypt with N {N}, r {R}, p {P}; limit 1 GiB");
        }
    }
}
