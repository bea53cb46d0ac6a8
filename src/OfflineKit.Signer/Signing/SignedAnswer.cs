using System.Collections.Immutable;
using OfflineKit.Signer.Keys;

namespace OfflineKit.Signer.Signing;

/// <summary>One signature of an envelope.</summary>
/// <param name="Key">The key that made it.</param>
/// <param name="Stored">The signature as envelopes store it.</param>
/// <param name="ServiceRequest">The key service's id of the request; empty for keys that are here.</param>
internal sealed record MadeSignature(OpenedKey Key, ReadOnlyMemory<byte> Stored, string ServiceRequest);

/// <summary>What leaves: the envelope with all signatures, and a bundle for each where they were wanted. The core has verified all of it.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Signatures">By key id.</param>
/// <param name="Envelope">The envelope, canonical JSON.</param>
/// <param name="Bundles">Sigstore bundles, in the order of the signatures.</param>
internal sealed record SignedAnswer(CanonicalStatement Statement, ImmutableArray<MadeSignature> Signatures, ReadOnlyMemory<byte> Envelope, ImmutableArray<ReadOnlyMemory<byte>> Bundles)
{
    /// <summary>SHA-256 of the canonical envelope.</summary>
    public string BundleSha256 => Crypto.Digest.Sha256(Envelope.Span).Hex;
}
