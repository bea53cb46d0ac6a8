using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>A secret that signer and verifier share: whoever can verify with it can forge with it, so it never makes evidence.</summary>
/// <remarks>At least 32 bytes; used with HMAC-SHA-256 only (RFC 2104, FIPS 198-1).</remarks>
public sealed class SharedSecret
{
    /// <summary>The fewest bytes that are accepted.</summary>
    public const int MinimumSize = 32;

    private readonly byte[] _key;

    private SharedSecret(byte[] key) => _key = key;

    /// <summary>The secret written as hex in either case; blanks, tabs and line ends are dropped.</summary>
    /// <exception cref="MalformedException">Not hex, or fewer than 32 bytes.</exception>
    public static SharedSecret FromHex(string text, string what)
    {
        string digits = string.Concat(text.Where(c => c is not (' ' or '\t' or '\r' or '\n'))).ToLowerInvariant();
        if (!digits.All(char.IsAsciiHexDigitLower) || digits.Length % 2 != 0)
        {
            throw new MalformedException(Reasons.MalformedKey, $"{what}: not hex, two digits a byte");
        }

        return FromBytes(StrictHex.Decode(digits, what), what);
    }

    /// <summary>The secret in <paramref name="key"/>.</summary>
    /// <exception cref="MalformedException">Fewer than 32 bytes.</exception>
    public static SharedSecret FromBytes(ReadOnlySpan<byte> key, string what) =>
        key.Length >= MinimumSize
            ? new SharedSecret(key.ToArray())
            : throw new MalformedException(Reasons.WeakSecret, $"{what}: {key.Length} bytes, wanted at least {MinimumSize}");

    /// <summary><paramref name="mac"/> is the HMAC-SHA-256 of <paramref name="message"/>; compared in constant time.</summary>
    public bool Authenticates(ReadOnlySpan<byte> message, ReadOnlySpan<byte> mac)
    {
        OpenSsl.Prepare();
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, message), mac);
    }
}
