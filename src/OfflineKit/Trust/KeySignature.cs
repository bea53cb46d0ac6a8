using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Trust;

/// <summary>What the mathematics says: this trusted key made this signature. It counts for nothing until the key was judged (<see cref="SignedByKey.Prove"/>).</summary>
/// <remarks>Only <c>By</c> makes one, and it verifies the signature itself.</remarks>
internal sealed class KeySignature
{
    private KeySignature(ImmutableArray<TrustedKey> entries, SignatureScheme scheme) => (Entries, Scheme) = (entries, scheme);

    /// <summary>The key as it was found first among the trusted ones.</summary>
    public TrustedKey Key => Entries[0];

    /// <summary>Every entry of this key that was a candidate.</summary>
    public ImmutableArray<TrustedKey> Entries { get; }

    /// <summary>The scheme under which it signed.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>The signature <paramref name="value"/> by <paramref name="key"/> over <paramref name="input"/>, or null when the key did not make it or may not be used with <paramref name="scheme"/>.</summary>
    /// <param name="key">A trusted key.</param>
    /// <param name="candidates">All the entries that the format would accept here; the key may stand among them more than once.</param>
    /// <param name="scheme">The scheme that the format or its label says.</param>
    /// <param name="input">What is signed.</param>
    /// <param name="value">The value in the form that <see cref="PublicKey"/> takes.</param>
    public static KeySignature? By(TrustedKey key, ImmutableArray<TrustedKey> candidates, SignatureScheme scheme, SigningInput input, ReadOnlySpan<byte> value) =>
        key.Under(scheme) is { } bound && input.IsSignedBy(bound, value)
            ? new KeySignature([key, .. candidates.Where(other => !ReferenceEquals(other, key) && other.Material.Equals(key.Material) && other.Carries(scheme))], scheme)
            : null;

    /// <summary>The same for an OpenPGP signature: it is made by the primary key of a trusted certificate, or by one of its subkeys.</summary>
    /// <param name="signer">The certificate, the key of it that the signature may be by, and the signature.</param>
    /// <param name="digest">The hash over salt, content and trailer.</param>
    internal static KeySignature? By(OpenPgpSigner signer, Digest digest) =>
        signer.Signature.SchemeUnder(signer.Key.Key) is { } scheme && signer.Signature.IsBy(signer.Key.Key, digest) ? new KeySignature([signer.Trusted], scheme) : null;
}
