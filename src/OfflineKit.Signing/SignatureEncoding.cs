using OfflineKit.Crypto;

namespace OfflineKit.Signing;

/// <summary>Writes verified signatures in the encodings that formats ask for.</summary>
internal static class SignatureEncoding
{
    /// <summary>As DSSE, bundles and detached files store it: ECDSA as strict DER, everything else as it is.</summary>
    public static byte[] Stored(VerifiedSignature signature) =>
        signature.Key.Material.Curve is null ? signature.Value.ToArray() : EcdsaSignature.ToDer(signature.Value.Span);
}
