using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Trust;

/// <summary>What a trust repository, or a list of trust roots, revokes.</summary>
/// <remarks>Source: docs/spec/trust-bundle.md §5.</remarks>
internal static class RepositoryRevocations
{
    /// <summary>Everything that <paramref name="repository"/> revokes, the keys in its revoked lists and instances included.</summary>
    /// <exception cref="MalformedException">A list, or a revoked file, cannot be read: whom it revokes cannot be said.</exception>
    public static RevocationList Of(TufRepository repository)
    {
        RevocationList roots = repository.Find(TrustManifest.FileName) is { } manifest
            ? OfRoots(TrustManifest.Parse(manifest).Roots, root => RepositoryTrust.Open(repository, root))
            : RevocationList.Empty;
        return OneByOne(repository).And(roots);
    }

    /// <summary>The keys and certificates that <paramref name="repository"/> revokes one by one, not those in a revoked file of many.</summary>
    public static RevocationList OneByOne(TufRepository repository)
    {
        RevocationList list = repository.Find(RevocationList.FileName) is { } content ? RevocationList.Parse(content) : RevocationList.Empty;
        return repository.Find(TrustManifest.FileName) is { } manifest
            ? list.And(OfRoots([.. TrustManifest.Parse(manifest).Roots.Where(root => root.Kind == TrustRootKind.PublicKey)], static _ => TrustStore.Empty))
            : list;
    }

    /// <summary>The keys of those among <paramref name="roots"/> that are revoked, whether or not a run uses their roots.</summary>
    /// <param name="roots">The roots of one store.</param>
    /// <param name="open">The trust in a root's file: of a file of many keys, every one is revoked with it.</param>
    public static RevocationList OfRoots(ImmutableArray<TrustRoot> roots, Func<TrustRoot, TrustStore> open) => RevocationList.Of(
        from root in roots
        where root.Status.Phase == KeyPhase.Revoked
        from fingerprint in root.Kind == TrustRootKind.PublicKey ? OfOneKey(root, open) : FingerprintsIn(open(root))
        select KeyValuePair.Create(fingerprint, root.Status));

    // The root names its key, whatever became of the file; where that is an OpenPGP certificate, the subkeys in it go with the primary key.
    private static IEnumerable<string> OfOneKey(TrustRoot root, Func<TrustRoot, TrustStore> open) =>
        [root.Fingerprint, .. Result.Parse(Reasons.MalformedTrust, () => open(root)).Value is { } file ? FingerprintsIn(file) : []];

    // Of a certificate its key: the same key under a new certificate counts no more than it did.
    private static IEnumerable<string> FingerprintsIn(TrustStore file) =>
    [
        .. file.Keys.SelectMany(key => (IEnumerable<string>)[key.Material.Fingerprint, .. key.OpenPgp?.OwnKeys ?? []]),
        .. file.SshSigners.Select(line => line.Unreadable is { } finding ? throw new MalformedException(finding.Reason, finding.Detail) : line.Key.Value?.Material.Fingerprint).OfType<string>(),
        .. file.SigstoreRoots.SelectMany(root => root.Logs.Concat(root.CertificateLogs)).Select(log => log.Key.Material.Fingerprint),
        .. file.SigstoreRoots.SelectMany(root => root.CertificateAuthorities.SelectMany(authority => authority.Chain).Concat(root.TimestampAuthorities.SelectMany(authority => authority.Chain)))
            .Select(certificate => Digest.Sha256(certificate.SubjectPublicKeyInfo.Span).Hex),
        .. file.SigstoreRoots.SelectMany(root => root.LeftOut).SelectMany(part => part.IsInstance ? throw new MalformedException(Reasons.MalformedTrust, part.Why) : part.Fingerprints),
    ];
}
