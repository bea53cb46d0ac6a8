using System.Security.Cryptography;

namespace OfflineKit.Crypto;

/// <summary>Hashes of content that is in memory already. Outside this folder nothing calls the platform's hash functions, so that OpenSSL is always prepared first.</summary>
internal static class OneShotHash
{
    /// <summary>SHA-256 of <paramref name="content"/>, 32 bytes.</summary>
    public static byte[] Sha256(ReadOnlySpan<byte> content)
    {
        OpenSsl.Prepare();
        return SHA256.HashData(content);
    }

    /// <summary>Writes the SHA-256 of <paramref name="content"/> into the 32 bytes of <paramref name="digest"/>.</summary>
    public static void Sha256(ReadOnlySpan<byte> content, Span<byte> digest)
    {
        OpenSsl.Prepare();
        SHA256.HashData(content, digest);
    }

    /// <summary>SHA-1 of <paramref name="content"/>: only to compare an identifier that a standard defines so, never as proof (RFC 2634 §5.4).</summary>
    public static byte[] Sha1Identifier(ReadOnlySpan<byte> content)
    {
        OpenSsl.Prepare();
#pragma warning disable CA5350 // The identifier is checked beside a signature that covers the certificate by a strong hash.
        return SHA1.HashData(content);
#pragma warning restore CA5350
    }
}
