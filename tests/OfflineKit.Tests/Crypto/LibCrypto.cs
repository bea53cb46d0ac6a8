using System.Formats.Asn1;
using System.Numerics;
using System.Runtime.InteropServices;

namespace OfflineKit.Tests.Crypto;

/// <summary>OpenSSL's own verification, the oracle for signatures that the primitive accepts and our labels refuse.</summary>
internal static class LibCrypto
{
    private const string Library = "libcrypto.so.3";

    public static bool IsThere { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>The signature is right for the primitive with these parameters.</summary>
    public static bool Verifies(byte[] spki, string hash, (string MaskHash, int Salt)? pss, byte[] message, byte[] signature)
    {
        nint der = Marshal.AllocHGlobal(spki.Length), context = EVP_MD_CTX_new();
        try
        {
            Marshal.Copy(spki, 0, der, spki.Length);
            nint cursor = der, key = d2i_PUBKEY(0, ref cursor, spki.Length);
            Assert.NotEqual(0, key);
            Assert.Equal(1, EVP_DigestVerifyInit(context, out nint options, EVP_get_digestbyname(Name(hash)), 0, key));
            if (pss is { } parameters)
            {
                Assert.Equal(1, EVP_PKEY_CTX_ctrl_str(options, "rsa_padding_mode", "pss"));
                Assert.Equal(1, EVP_PKEY_CTX_ctrl_str(options, "rsa_mgf1_md", Name(parameters.MaskHash)));
                Assert.Equal(1, EVP_PKEY_CTX_ctrl_str(options, "rsa_pss_saltlen", parameters.Salt.ToString()));
            }

            bool verifies = EVP_DigestVerify(context, signature, signature.Length, message, message.Length) == 1;
            EVP_PKEY_free(key);
            return verifies;
        }
        finally
        {
            EVP_MD_CTX_free(context);
            Marshal.FreeHGlobal(der);
        }
    }

    /// <summary>r‖s as DER, the form that OpenSSL takes.</summary>
    public static byte[] ToDer(byte[] joined)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(joined.AsSpan(0, joined.Length / 2), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(joined.AsSpan(joined.Length / 2), isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    private static string Name(string hash) => hash.Replace("SHA-", "SHA", StringComparison.Ordinal);

    [DllImport(Library)]
    private static extern nint d2i_PUBKEY(nint unused, ref nint cursor, nint length);

    [DllImport(Library)]
    private static extern void EVP_PKEY_free(nint key);

    [DllImport(Library)]
    private static extern nint EVP_MD_CTX_new();

    [DllImport(Library)]
    private static extern void EVP_MD_CTX_free(nint context);

    [DllImport(Library)]
    private static extern nint EVP_get_digestbyname([MarshalAs(UnmanagedType.LPStr)] string name);

    [DllImport(Library)]
    private static extern int EVP_DigestVerifyInit(nint context, out nint options, nint digest, nint engine, nint key);

    [DllImport(Library)]
    private static extern int EVP_PKEY_CTX_ctrl_str(nint options, [MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value);

    [DllImport(Library)]
    private static extern int EVP_DigestVerify(nint context, byte[] signature, nint signatureLength, byte[] message, nint messageLength);
}
