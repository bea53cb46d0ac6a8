using System.Collections.Immutable;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A signature that revokes a primary key or a subkey, and where it stands: the place says whom it means only where the signature cannot be verified.</summary>
/// <param name="Signature">The signature.</param>
/// <param name="Subkey">The fingerprint of the subkey that it stands behind, empty for one that cannot be read; null: it stands behind no subkey.</param>
/// <remarks>Source: RFC 9580 §5.2.1.11, §5.2.1.12, §5.2.3.23.</remarks>
internal sealed record PlacedRevocation(OpenPgpSignature Signature, string? Subkey)
{
    /// <summary>Types of signatures: what revokes a primary key with all that it stands for, and what revokes a subkey.</summary>
    public const int OfPrimary = 0x20, OfSubkey = 0x28;

    /// <summary>It revokes <paramref name="key"/>, which stands under <paramref name="primary"/> or is it: the mathematics says so.</summary>
    public bool IsProved(OpenPgpKey primary, OpenPgpKey key) => ReferenceEquals(primary, key)
        ? Signature.Type == OfPrimary && Signature.IsBy(primary, primary.Framed())
        : Signature.Type == OfSubkey && Signature.IsBy(primary, primary.Framed(), key.Framed());

    /// <summary>It stands in the certificate of <paramref name="primary"/> and cannot be checked (an old hash, a revoker whose key is not at hand): it is believed, because what cannot be seen is not absent.</summary>
    /// <param name="primary">The primary key.</param>
    /// <param name="key">The key that is asked about: a subkey, or the primary key itself.</param>
    /// <param name="revokers">Fingerprints of those who may revoke in the owner's place.</param>
    public bool IsBelieved(OpenPgpKey primary, OpenPgpKey key, ImmutableArray<string> revokers) =>
        MayMean(primary, key) && ((Signature.Digest is null && Signature.MayBeBy(primary)) || IsBy(revokers));

    /// <summary>The same of one that stands elsewhere and means nobody there: it must name its maker.</summary>
    public bool IsBelievedAfar(OpenPgpKey primary, OpenPgpKey key, ImmutableArray<string> revokers) =>
        MayMean(primary, key) && ((Signature.Digest is null && Signature.IssuerHints.Any(primary.IsCalled)) || IsBy(revokers));

    private bool MayMean(OpenPgpKey primary, OpenPgpKey key) => ReferenceEquals(primary, key)
        ? Signature.Type == OfPrimary
        : Signature.Type == OfSubkey && (Subkey is null || string.Equals(Subkey, key.Fingerprint, StringComparison.Ordinal));

    private bool IsBy(ImmutableArray<string> revokers) => Signature.IssuerHints.Any(hint => revokers.Any(revoker => revoker.EndsWith(hint, StringComparison.Ordinal)));
}
