using OfflineKit.Crypto;
using OfflineKit.X509;

namespace OfflineKit.Trust;

/// <summary>What the mathematics says: the key in this certificate made this signature. The certificate is worth nothing until it was judged (<see cref="SignedByIdentity.Prove"/>).</summary>
/// <remarks>Only <see cref="By"/> makes one, and it verifies the signature itself.</remarks>
internal sealed class CertificateSignature
{
    private CertificateSignature(Certificate leaf, SignatureScheme scheme) => (Leaf, Scheme) = (leaf, scheme);

    /// <summary>The certificate.</summary>
    public Certificate Leaf { get; }

    /// <summary>The scheme under which its key signed.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>The signature <paramref name="value"/> by the key in <paramref name="leaf"/> over <paramref name="input"/>, or null when it did not make it.</summary>
    public static CertificateSignature? By(Certificate leaf, SignatureScheme scheme, SigningInput input, ReadOnlySpan<byte> value) =>
        leaf.Under(scheme) is { } bound && input.IsSignedBy(bound, value) ? new CertificateSignature(leaf, scheme) : null;
}
