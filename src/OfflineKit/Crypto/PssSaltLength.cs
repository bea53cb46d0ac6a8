using System.Numerics;

namespace OfflineKit.Crypto;

/// <summary>Finds the salt length of an RSA-PSS signature that did not verify, so that the refusal can name the cause.</summary>
/// <remarks>A diagnosis, never a proof: its answer decides no verdict. Source: RFC 8017 §9.1.2, with the salt length read instead of expected.</remarks>
internal static class PssSaltLength
{
    /// <summary>The salt's length in bytes when the signature is PSS-encoded with MGF1 of the same hash; null otherwise.</summary>
    public static int? In(ReadOnlySpan<byte> signature, Digest digest, KeyMaterial key)
    {
        byte[] encoded = Encoded(signature, key);
        int hashSize = digest.Bytes.Length, databaseSize = encoded.Length - hashSize - 1;
        if (databaseSize < 1 || encoded[^1] != 0xBC)
        {
            return null;
        }

        ReadOnlySpan<byte> hash = encoded.AsSpan(databaseSize, hashSize);
        byte[] database = encoded[..databaseSize];
        Unmask(database, hash, digest.Algorithm);
        database[0] &= (byte)(0xFF >> ((8 * encoded.Length) - (key.RsaBits - 1)));
        int separator = database.AsSpan().IndexOfAnyExcept((byte)0);
        if (separator < 0 || database[separator] != 0x01)
        {
            return null;
        }

        ReadOnlySpan<byte> salt = database.AsSpan(separator + 1);
        return Digest.Of(digest.Algorithm, [.. new byte[8], .. digest.Bytes, .. salt]).Bytes.SequenceEqual(hash) ? salt.Length : null;
    }

    // signature^e mod n, as long as n less one bit asks for.
    private static byte[] Encoded(ReadOnlySpan<byte> signature, KeyMaterial key)
    {
        BigInteger message = BigInteger.ModPow(Number(signature), Number(key.Rsa.Exponent), Number(key.Rsa.Modulus));
        byte[] bytes = message.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] encoded = new byte[(key.RsaBits + 6) / 8];
        if (bytes.Length > encoded.Length)
        {
            return [];
        }

        bytes.CopyTo(encoded, encoded.Length - bytes.Length);
        return encoded;
    }

    private static void Unmask(Span<byte> masked, ReadOnlySpan<byte> seed, DigestAlgorithm algorithm)
    {
        for (int block = 0, at = 0; at < masked.Length; block++)
        {
            byte[] counter = [(byte)(block >> 24), (byte)(block >> 16), (byte)(block >> 8), (byte)block];
            foreach (byte mask in Digest.Of(algorithm, [.. seed, .. counter]).Bytes)
            {
                if (at < masked.Length)
                {
                    masked[at++] ^= mask;
                }
            }
        }
    }

    private static BigInteger Number(ReadOnlySpan<byte> bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);
}
