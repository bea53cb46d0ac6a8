using System.Collections.Immutable;
using OfflineKit.X509;

namespace OfflineKit.Trust;

/// <summary>An authority of a Sigstore trusted root that issues signing certificates.</summary>
/// <param name="Uri">How the root names it; never opened.</param>
/// <param name="Chain">Leaf-most first; the last one is the anchor, which may itself be an intermediate.</param>
/// <param name="Validity">When the root trusts it; closed at both ends, beside the validity of each certificate.</param>
internal sealed record CertificateAuthority(string Uri, ImmutableArray<Certificate> Chain, Validity Validity)
{
    /// <summary>Where a path may end.</summary>
    public Certificate Anchor => Chain[^1];

    /// <summary>The certificates of the chain that are known to be signed by the next one; of all others the signature is verified at use.</summary>
    public ImmutableArray<Certificate> Linked { get; init; } = [];
}
