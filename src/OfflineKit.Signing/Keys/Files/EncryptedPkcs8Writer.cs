using System.Formats.Asn1;
using System.Security.Cryptography;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>Writes a PKCS#8 key under PBES2 with scrypt and AES-256-CBC, as <see cref="EncryptedPkcs8"/> and OpenSSL read it.</summary>
/// <remarks>Source: RFC 8018 §6.2 and A.4, RFC 7914 §7. 16 MiB and five rounds: OpenSSL opens no file that asks for more than 32 MiB.</remarks>
internal static class EncryptedPkcs8Writer
{
    private const string Pbes2 = "1.2.840.113549.1.5.13", ScryptOid = "1.3.6.1.4.1.11591.4.11", Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    private const int SaltSize = 16, KeySize = 32;
    private static readonly ScryptCost Cost = new(1 << 14, 8, 5);

    /// <summary>The EncryptedPrivateKeyInfo of <paramref name="pkcs8"/> under <paramref name="password"/>.</summary>
    public static byte[] Encrypt(SecretMemory pkcs8, SecretMemory password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize), iv = RandomNumberGenerator.GetBytes(SaltSize);
        using SecretMemory key = new(KeySize);
        Cost.Derive(key, password, salt);
        byte[] managed = GC.AllocateArray<byte>(KeySize, pinned: true);
        key.Bytes.CopyTo(managed);
        try
        {
            using Aes aes = Aes.Create();
            aes.Key = managed;
            return Written(salt, iv, aes.EncryptCbc(pkcs8.Bytes, iv, PaddingMode.PKCS7));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(managed);
        }
    }

    private static byte[] Written(byte[] salt, byte[] iv, byte[] encrypted)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Pbes2);
                using (writer.PushSequence())
                {
                    WriteDerivation(writer, salt);
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(Aes256Cbc);
                        writer.WriteOctetString(iv);
                    }
                }
            }

            writer.WriteOctetString(encrypted);
        }

        return writer.Encode();
    }

    private static void WriteDerivation(AsnWriter writer, byte[] salt)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(ScryptOid);
            using (writer.PushSequence())
            {
                writer.WriteOctetString(salt);
                writer.WriteInteger(Cost.N);
                writer.WriteInteger(Cost.R);
                writer.WriteInteger(Cost.P);
            }
        }
    }
}
