using System.Collections.Immutable;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>Every certificate and revocation that one question knows, from whatever file: a revocation reaches each copy of the key that it revokes.</summary>
/// <param name="Certificates">The certificates, those without a say among them.</param>
/// <param name="Loose">Revocations that stand in no certificate.</param>
/// <param name="LeftOut">Certificates that nothing can be verified by.</param>
internal sealed record KnownCertificates(ImmutableArray<OpenPgpCertificate> Certificates, ImmutableArray<PlacedRevocation> Loose, ImmutableArray<LeftOutCertificate> LeftOut)
{
    /// <summary>Revocations that mean no key of any certificate here, or do not verify.</summary>
    public IEnumerable<PlacedRevocation> Unused => Strays.Where(stray => !Certificates.Any(certificate => certificate.Keys.Any(key => Reaches(stray, certificate, key.Key, RevokersOf(certificate)))));

    // Those that mean nobody where they stand.
    private IEnumerable<PlacedRevocation> Strays => Loose.Concat(Certificates.SelectMany(certificate => certificate.Strays));

    /// <summary><paramref name="certificate"/>, one of them, with all that its copies and revocations elsewhere say of its keys.</summary>
    public OpenPgpCertificate Whole(OpenPgpCertificate certificate)
    {
        OpenPgpKey primary = certificate.Primary.Key;
        ImmutableArray<string> revokers = RevokersOf(certificate);
        ImmutableArray<OpenPgpCertificate> copies = [.. Certificates.Where(copy => copy.Fingerprint == certificate.Fingerprint).Where(copy => !ReferenceEquals(copy, certificate) || revokers.Length > copy.Revokers.Length)];
        ImmutableArray<PlacedRevocation> elsewhere = [.. Loose.Concat(Certificates.Where(other => other.Fingerprint != certificate.Fingerprint).SelectMany(other => other.Revocations))];
        OpenPgpCertificate whole = certificate.JoinedWith(OtherCopies(certificate)).Revoked(key =>
        [
            .. copies.SelectMany(copy => copy.RevocationsOf(primary, key, revokers)),
            .. elsewhere.Where(revocation => Reaches(revocation, certificate, key, revokers)).Select(revocation => revocation.Signature),
        ]);
        return LeftOut.FirstOrDefault(copy => copy.IsCopyOf(certificate)) is { } unusable ? whole with { Unusable = unusable.Why } : whole;
    }

    // Each once, however often it was pasted into the file.
    private ImmutableArray<OpenPgpCertificate> OtherCopies(OpenPgpCertificate certificate)
    {
        HashSet<string> seen = new(StringComparer.Ordinal) { certificate.Content };
        return [.. Certificates.Where(copy => copy.Fingerprint == certificate.Fingerprint && seen.Add(copy.Content))];
    }

    private ImmutableArray<string> RevokersOf(OpenPgpCertificate certificate) =>
        [.. Certificates.Where(other => other.Fingerprint == certificate.Fingerprint).SelectMany(copy => copy.Revokers).Distinct(StringComparer.Ordinal)];

    private bool Reaches(PlacedRevocation revocation, OpenPgpCertificate certificate, OpenPgpKey key, ImmutableArray<string> revokers)
    {
        OpenPgpKey primary = certificate.Primary.Key;
        return (revocation.Signature.MayBeBy(primary) && revocation.IsProved(primary, key))
            || (revocation.IsBelievedAfar(primary, key, revokers) && Strays.Contains(revocation) && !IsProvedForAnother(revocation));
    }

    // Somebody who may revoke in the owner's place may have revoked a certificate of his own.
    private bool IsProvedForAnother(PlacedRevocation revocation) => Certificates.Any(certificate =>
        revocation.Signature.MayBeBy(certificate.Primary.Key) && certificate.Keys.Any(key => revocation.IsProved(certificate.Primary.Key, key.Key)));
}
