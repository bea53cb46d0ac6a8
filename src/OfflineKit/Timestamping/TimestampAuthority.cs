using System.Collections.Immutable;
using OfflineKit.X509;

namespace OfflineKit.Timestamping;

/// <summary>A time-stamping authority that somebody decided to trust.</summary>
/// <param name="Name">Its name or address as the trust root writes it.</param>
/// <param name="Chain">Leaf-most first, the last is the anchor, which may be an intermediate; at least one.</param>
/// <param name="Validity">When its timestamps count; closed at both ends.</param>
/// <param name="Root">The name of the trust root that holds it.</param>
internal sealed record TimestampAuthority(string Name, ImmutableArray<Certificate> Chain, Validity Validity, string Root)
{
    /// <summary>The trusted end of every path to this authority.</summary>
    public Certificate Anchor => Chain[^1];

    /// <summary>The certificates of the chain that are known to be signed by the next one; of all others the signature is verified at use.</summary>
    public ImmutableArray<Certificate> Linked { get; init; } = [];

    /// <summary>A certificate of the chain is called <paramref name="name"/>.</summary>
    internal bool Names(DistinguishedName name) => Chain.Any(certificate => certificate.Subject.Equals(name));
}
