using OfflineKit.Crypto;

namespace OfflineKit.Formats.Checksums;

/// <summary>The hash functions that lists name, by tag or by the number of their digits.</summary>
internal static class ChecksumTag
{
    /// <summary>The function that <paramref name="tag"/> names, in the spelling of any program.</summary>
    /// <returns>What it means; null for words that are no hash function.</returns>
    public static NamedHash? Of(string tag) => tag.ToUpperInvariant() switch
    {
        "SHA256" or "SHA-256" or "SHA2-256" => new(tag, DigestAlgorithm.Sha256),
        "SHA384" or "SHA-384" or "SHA2-384" => new(tag, DigestAlgorithm.Sha384),
        "SHA512" or "SHA-512" or "SHA2-512" => new(tag, DigestAlgorithm.Sha512),
        "BLAKE2B" or "BLAKE2B512" or "BLAKE2B-512" => new(tag, DigestAlgorithm.Blake2b512),
        "MD4" or "MD5" or "MD5SUM" or "SHA1" or "SHA-1" or "RMD160" or "RIPEMD160" or "RIPEMD-160" or "SM3" or "MACTRIPLEDES" => new(tag),
        "SHA224" or "SHA-224" or "SHA2-224" or "SHA512T256" or "SHA2-512/256" or "SHA512/256" or "SHA512-256" or "SHA512/224" or "SHA2-512/224" => new(tag),
        "SHA3-224" or "SHA3-256" or "SHA3-384" or "SHA3-512" or "BLAKE2S" or "BLAKE2S256" or "BLAKE2S-256" or "BLAKE3" or "WHIRLPOOL" or "SKEIN256" or "SKEIN512" => new(tag),
        _ when tag.StartsWith("BLAKE2b-", StringComparison.OrdinalIgnoreCase) => new(tag),
        _ => null,
    };

    /// <summary>The functions that a digest of <paramref name="digits"/> hex digits without a tag may be of.</summary>
    /// <returns>Empty: no list is written so.</returns>
    public static NamedHash? OfLength(int digits) => digits switch
    {
        32 => new("MD5"),
        40 => new("SHA-1"),
        56 => new("SHA-224"),
        64 => new("SHA-256", DigestAlgorithm.Sha256),
        96 => new("SHA-384", DigestAlgorithm.Sha384),
        128 => new("SHA-512", DigestAlgorithm.Sha512, DigestAlgorithm.Blake2b512),
        _ => null,
    };
}

/// <summary>A hash function of a list.</summary>
/// <param name="Name">What the list calls it.</param>
/// <param name="AnyOf">The functions that are meant; empty: one that nobody should rely on, or that is not known here.</param>
internal sealed record NamedHash(string Name, params DigestAlgorithm[] AnyOf)
{
    /// <summary>Its digest <paramref name="hex"/>, in either case; null where the function is not accepted.</summary>
    /// <exception cref="Encoding.MalformedException">Not the digits of such a digest.</exception>
    public ListedDigest? Digest(string hex, string what)
    {
        string digits = hex.ToLowerInvariant();
        return AnyOf.Length == 0 ? null : new ListedDigest([.. AnyOf.Select(algorithm => Crypto.Digest.FromHex(algorithm, digits, what))]);
    }
}
