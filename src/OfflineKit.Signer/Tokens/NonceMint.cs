using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Tokens;

/// <summary>The key of one day's nonces.</summary>
/// <param name="Day">Days since 1970.</param>
/// <param name="Secret">32 random bytes, the same in every instance.</param>
internal sealed record NonceKey(long Day, ReadOnlyMemory<byte> Secret);

/// <summary>Makes nonces and recognises its own, without remembering any: time, eight random bytes, and a MAC over both.</summary>
/// <remarks>Shape: base64url(8-byte time in ms ‖ 8 random ‖ 16 bytes of HMAC-SHA-256). That each is used once is the replay store's business. Source: RFC 9449 §8.</remarks>
internal static class NonceMint
{
    private const int StatedSize = 16, MacSize = 16;

    /// <summary>A nonce of <paramref name="now"/>.</summary>
    public static string Make(NonceKey key, DateTimeOffset now)
    {
        byte[] nonce = new byte[StatedSize + MacSize];
        BinaryPrimitives.WriteInt64BigEndian(nonce, now.ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(nonce.AsSpan(8, 8));
        Mac(key, nonce.AsSpan(0, StatedSize)).CopyTo(nonce, StatedSize);
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>When <paramref name="text"/> was made, if one of <paramref name="keys"/> made it; null for what is not ours.</summary>
    public static DateTimeOffset? Made(string text, IEnumerable<NonceKey> keys)
    {
        if (text.Length != 43 || Result.Parse(Reasons.MalformedSignature, () => StrictBase64.DecodeUrl(text, "nonce")).Value is not { Length: StatedSize + MacSize } nonce)
        {
            return null;
        }

        bool isOurs = keys.Any(key => CryptographicOperations.FixedTimeEquals(Mac(key, nonce.AsSpan(0, StatedSize)), nonce.AsSpan(StatedSize)));
        return isOurs ? DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(nonce)) : null;
    }

    private static byte[] Mac(NonceKey key, ReadOnlySpan<byte> stated) => HMACSHA256.HashData(key.Secret.Span, stated)[..MacSize];
}
