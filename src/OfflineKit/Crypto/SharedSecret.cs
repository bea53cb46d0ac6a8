using System.Security.Cryptography;
using OfflineKit.Encoding;
using Nsec = NSec.Cryptography;

namespace OfflineKit.Crypto;

/// <summary>A secret that signer and verifier share: whoever can verify with it can forge with it, so it never makes evidence.</summary>
/// <remarks>At least 32 bytes; used with HMAC-SHA-256 only (RFC 2104, FIPS 198-1).</remarks>
internal sealed class SharedSecret : IDisposable
{
    /// <summary>The fewest bytes that are accepted.</summary>
    public const int MinimumSize = 32;

    // NSec takes secrets of 32 bytes and no others. It keeps them in guarded memory and needs no OpenSSL, whose start costs more than thousands of lines.
    private readonly Nsec.Key? _guarded;
    private readonly byte[] _longer = [];

    private SharedSecret(ReadOnlySpan<byte> key)
    {
        if (key.Length == Nsec.MacAlgorithm.HmacSha256.KeySize)
        {
            _guarded = Nsec.Key.Import(Nsec.MacAlgorithm.HmacSha256, key, Nsec.KeyBlobFormat.RawSymmetricKey);
        }
        else
        {
            _longer = key.ToArray();
        }
    }

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
            ? new SharedSecret(key)
            : throw new MalformedException(Reasons.WeakSecret, $"{what}: {key.Length} bytes, wanted at least {MinimumSize}");

    /// <summary><paramref name="mac"/> is the HMAC-SHA-256 of <paramref name="message"/>; compared in constant time.</summary>
    public bool Authenticates(ReadOnlySpan<byte> message, ReadOnlySpan<byte> mac) => CryptographicOperations.FixedTimeEquals(Mac(message), mac);

    /// <summary>The HMAC-SHA-256 of <paramref name="message"/>, 32 bytes.</summary>
    public byte[] Mac(ReadOnlySpan<byte> message)
    {
        if (_guarded is not null)
        {
            return Nsec.MacAlgorithm.HmacSha256.Mac(_guarded, message);
        }

        OpenSsl.Prepare();
        return HMACSHA256.HashData(_longer, message);
    }

    /// <summary>Frees and wipes the secret.</summary>
    public void Dispose()
    {
        _guarded?.Dispose();
        CryptographicOperations.ZeroMemory(_longer);
    }
}
