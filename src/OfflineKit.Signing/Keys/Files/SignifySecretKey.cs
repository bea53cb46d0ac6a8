using System.Buffers.Binary;
using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>Reads signify's unencrypted secret keys.</summary>
/// <remarks>Layout, 104 bytes: <c>Ed</c> ‖ <c>BK</c> ‖ rounds 4 ‖ salt 16 ‖ checksum 8 ‖ key number 8 ‖ seed 32 ‖ public half 32. Source: docs/spec/minisign.md.</remarks>
internal static class SignifySecretKey
{
    public const int Size = 104;

    public static (Ed25519PrivateHalf Half, ulong Id) Read(ReadOnlySpan<byte> blob)
    {
        if (!blob.StartsWith("EdBK"u8))
        {
            throw new MalformedException("signify secret key: does not begin with EdBK");
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(blob[4..]) != 0)
        {
            throw new MalformedException(Reasons.UnsupportedKey, "signify secret key with a password (bcrypt), wanted one made with `signify -G -n`");
        }

        Span<byte> hash = stackalloc byte[64];
        ReadOnlySpan<byte> secret = blob[40..];
        SHA512.HashData(secret, hash);
        bool whole = hash[..8].SequenceEqual(blob.Slice(24, 8));
        CryptographicOperations.ZeroMemory(hash);
        if (!whole)
        {
            throw new MalformedException("signify secret key: the checksum is wrong");
        }

        Ed25519PrivateHalf half = new(secret[..32]);
        if (!half.Public.Ed25519Bytes.Span.SequenceEqual(secret[32..]))
        {
            half.Dispose();
            throw new MalformedException("signify secret key: the public half in the file belongs to another key");
        }

        return (half, BinaryPrimitives.ReadUInt64LittleEndian(blob[32..]));
    }
}
