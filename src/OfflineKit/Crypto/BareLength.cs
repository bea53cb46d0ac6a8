namespace OfflineKit.Crypto;

/// <summary>What the length of a bare signature tells: RSA signatures are as long as their modulus, and nothing else is (RFC 8017, section 8.1.1).</summary>
internal static class BareLength
{
    /// <summary>Which key makes signatures of <paramref name="bytes"/>, to be added to a message; empty where several kinds do.</summary>
    public static string InWords(int bytes) => bytes is 256 or 384 or 512 or 1024 ? $"; a bare signature by an RSA key of {8 * bytes} bits is as long: give that key" : "";
}
