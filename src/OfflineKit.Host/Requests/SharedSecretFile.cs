using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Requests;

/// <summary>A file that holds a shared secret in hex.</summary>
internal static class SharedSecretFile
{
    /// <summary>The secret in <paramref name="content"/>, or why there is none.</summary>
    public static Result<SharedSecret> Parse(ReadOnlyMemory<byte> content) =>
        Result.Parse(Reasons.MalformedKey, () => SharedSecret.FromHex(Utf8Text.Decode(content.Span, "secret file"), "secret file"));
}
