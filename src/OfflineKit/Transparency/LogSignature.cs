using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Transparency;

/// <summary>How a log signs promises and checkpoints: elliptic-curve signatures in DER, by the hash of its key or by SHA-256.</summary>
/// <remarks>Rekor v1 hashes with SHA-256 whatever its curve is; a trusted root calls the same key by the curve's own hash. Source: docs/spec/sigstore.md §5.</remarks>
internal static class LogSignature
{
    private static readonly SignatureScheme Sha256OnAnyCurve = SignatureScheme.EcdsaOnAnyCurve(DigestAlgorithm.Sha256);

    /// <summary>The signature <paramref name="value"/> over <paramref name="message"/> is by <paramref name="key"/>.</summary>
    public static bool IsBy(PublicKey key, ReadOnlySpan<byte> message, ReadOnlyMemory<byte> value)
    {
        Result<byte[]> plain = Result.Parse(LogReasons.MalformedNote, () => EcdsaSignature.Plain(key.Material, value.Span, EcdsaEncoding.Der));
        return plain.Value is { } signature
            && (key.Verifies(message, signature) || (IsLonger(key) && PublicKey.Bind(key.Material, Sha256OnAnyCurve).Verifies(message, signature)));
    }

    private static bool IsLonger(PublicKey key) => key.Material.Kind is KeyKind.P384 or KeyKind.P521 && key.Scheme.Digest != DigestAlgorithm.Sha256;
}
