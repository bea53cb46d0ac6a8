using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Trust;

/// <summary>All key material that one run trusts. Immutable; what is not in here is not trusted.</summary>
public sealed record TrustStore
{
    /// <summary>Trusts nobody.</summary>
    public static TrustStore Empty { get; } = new();

    /// <summary>This store and the public key in <paramref name="keyFile"/>, in any container that docs/spec/keys.md lists.</summary>
    /// <param name="keyFile">The content of the file.</param>
    /// <param name="name">What reports call the signer, and how policies name it.</param>
    /// <exception cref="MalformedException">It is no public key, or one that is never accepted.</exception>
    public TrustStore WithKey(ReadOnlyMemory<byte> keyFile, string name) => With(KeyFile.ParseChosen(keyFile, name, name, []));

    /// <summary>This store and the lines of an <c>allowed_signers</c> file, for SSH signatures.</summary>
    /// <param name="file">The content of the file.</param>
    /// <param name="name">Where the trust comes from, for reports.</param>
    /// <exception cref="MalformedException">A line is malformed.</exception>
    public TrustStore WithAllowedSigners(ReadOnlyMemory<byte> file, string name) => With(new TrustStore { SshSigners = AllowedSigners.Parse(file, name) });

    /// <summary>This store and the authorities and logs of a Sigstore <c>trusted_root.json</c>.</summary>
    /// <param name="trustedRoot">The content of the file.</param>
    /// <param name="name">Where the trust comes from, for reports.</param>
    /// <exception cref="MalformedException">The file is malformed.</exception>
    /// <remarks>It makes identities provable and trusts none of them: name the signer by <see cref="Policy.SignaturePolicy.Identity"/>.</remarks>
    public TrustStore WithSigstoreRoot(ReadOnlyMemory<byte> trustedRoot, string name) => With(new TrustStore { SigstoreRoots = SigstoreTrustedRootFile.Parse(trustedRoot, name, retrievedOn: "") });

    /// <summary>Public keys.</summary>
    internal ImmutableArray<TrustedKey> Keys { get; init; } = [];

    /// <summary>OpenPGP certificates that stand beside <see cref="Keys"/> in their files and that nothing can be verified by.</summary>
    internal ImmutableArray<LeftOutCertificate> LeftOut { get; init; } = [];

    /// <summary>Revocations of OpenPGP keys that stand in none of the certificates.</summary>
    internal ImmutableArray<PlacedRevocation> OpenPgpRevocations { get; init; } = [];

    /// <summary>The lines of allowed_signers files.</summary>
    internal ImmutableArray<AllowedSigner> SshSigners { get; init; } = [];

    /// <summary>The trust roots that the keys came from, where they came from roots.</summary>
    internal ImmutableArray<TrustRoot> Roots { get; init; } = [];

    /// <summary>Sigstore instances whose authorities and logs are trusted.</summary>
    internal ImmutableArray<SigstoreTrustedRoot> SigstoreRoots { get; init; } = [];

    /// <summary>Authorities of the caller: a certificate that leads to one of them brings its key into the store, where a format carries certificates.</summary>
    internal ImmutableArray<TrustedAuthority> Authorities { get; private init; } = [];

    /// <summary>Whoever asks named an authority, which demands a certificate under it: also where no certificate counts any more.</summary>
    internal bool DemandsAuthority { get; private init; }

    /// <summary>Keys and certificates that count no longer, wherever they are met: in signatures, logs, authorities and time stamps.</summary>
    internal RevocationList Revocations { get; init; } = RevocationList.Empty;

    /// <summary>Entries whose keys sign nothing in this run, which was narrowed to others: they still say whom they revoke, and which keys are one holder's.</summary>
    internal ImmutableArray<TrustedKey> Beside { get; init; } = [];

    /// <summary>All that was given before somebody was taken away; null: nobody was. Whoever stands only there signs nothing, and refuses what they would have refused.</summary>
    internal TrustStore? Whole { get; private init; }

    /// <summary>Imported roots that nobody named and that cannot be used: passed over, and said with every verdict.</summary>
    internal ImmutableArray<Finding> UnusableRoots { get; init; } = [];

    /// <summary>Nobody is trusted.</summary>
    public bool IsEmpty => Keys.IsEmpty && Roots.IsEmpty && SigstoreRoots.All(root => root.CertificateAuthorities.IsEmpty) && SshSigners.IsEmpty && Authorities.IsEmpty;

    /// <summary>The trusted keys that may be used with <paramref name="scheme"/>; those called <paramref name="hint"/> come first.</summary>
    internal ImmutableArray<TrustedKey> Candidates(SignatureScheme scheme, string? hint = null)
    {
        ImmutableArray<TrustedKey> fitting = [.. Keys.Where(key => key.Carries(scheme))];
        return hint is null ? fitting : [.. fitting.OrderBy(key => key.IsCalled(hint) ? 0 : 1)];
    }

    /// <summary>What to say of Ed25519 keys that are trusted without an id, where none is called <paramref name="id"/>: one of them may be the key, and only its owner can know.</summary>
    internal string SameKeyElsewhere(string id) =>
        Candidates(SignatureScheme.Ed25519).FirstOrDefault(key => key.Hints.IsEmpty && key.Formats.IsEmpty) is { } key ? $"; if the key \"{key.Name}\" is the same, trust it as {id}=FILE" : "";

    /// <summary>The keys of trusted OpenPGP certificates that may have made <paramref name="signature"/>, by the names in it.</summary>
    internal IEnumerable<OpenPgpSigner> OpenPgpSigners(OpenPgpSignature signature)
    {
        KnownCertificates known = OpenPgp;
        return Keys.Where(trusted => trusted.OpenPgp?.Keys.Any(key => signature.MayBeBy(key.Key)) == true).SelectMany(trusted =>
        {
            TrustedKey whole = trusted with { OpenPgp = known.Whole(trusted.OpenPgp!) };
            return whole.OpenPgp!.Keys.Where(key => signature.MayBeBy(key.Key) && trusted.MaySignBy(key.Key.Fingerprint)).Select(key => new OpenPgpSigner(whole, key, signature));
        });
    }

    /// <summary>The OpenPGP certificates of this store, those without a say among them, and all that revokes their keys.</summary>
    internal KnownCertificates OpenPgp => new([.. Keys.Concat(Beside).Select(entry => entry.OpenPgp).OfType<OpenPgpCertificate>().Distinct()], OpenPgpRevocations, LeftOut);

    /// <summary>How policies name <paramref name="key"/>, and by what it is counted.</summary>
    internal KeyName NameOf(TrustedKey key) => new(key.Name, key.Material.Fingerprints, HolderOf(key.Material));

    /// <summary>By what a signature of <paramref name="key"/> is counted: its fingerprint, or the first one of all keys of the certificates that hold it.</summary>
    /// <remarks>Whoever holds an OpenPGP certificate holds its primary key and its subkeys; one of them that was given by itself as well makes no second signer.</remarks>
    internal string HolderOf(KeyMaterial key)
    {
        SortedSet<string> held = new(StringComparer.Ordinal) { key.Fingerprint };
        ImmutableArray<ImmutableArray<string>> certificates = [.. OpenPgp.Certificates.Select(certificate => certificate.OwnKeys)];
        for (int known = 0; known < held.Count;)
        {
            known = held.Count;
            held.UnionWith(certificates.Where(fingerprints => fingerprints.Any(held.Contains)).SelectMany(fingerprints => fingerprints));
        }

        return held.Min!;
    }

    /// <summary>The tenant that this run is for; null for none. A key of other tenants signs nothing.</summary>
    public string? Tenant { get; private init; }

    /// <summary>This store in a run for <paramref name="tenant"/>: the keys that belong to other tenants are not tried.</summary>
    public TrustStore For(string? tenant) => Narrowed(key => key.Scope.IsFor(tenant) ? key : null) with { Tenant = tenant, Whole = Whole?.For(tenant) };

    /// <summary>This store where the only keys that sign are those which <paramref name="keeps"/> keeps, each as it says; what the others say of keys still holds.</summary>
    internal TrustStore Narrowed(Func<TrustedKey, TrustedKey?> keeps)
    {
        ImmutableArray<(TrustedKey Entry, TrustedKey? Kept)> all = [.. Keys.Select(key => (key, keeps(key)))];
        return this with { Keys = [.. all.Select(one => one.Kept).OfType<TrustedKey>()], Beside = [.. Beside, .. all.Where(one => one.Kept is null).Select(one => one.Entry)] };
    }

    /// <summary>This store, which is what was left of <paramref name="whole"/>: to take trust away takes no objection away (docs/spec/requests.md, "A narrowing only refuses").</summary>
    internal TrustStore Within(TrustStore whole) => this with { Whole = whole.Whole ?? whole };

    /// <summary>This store and <paramref name="authority"/>, which is named and therefore demanded.</summary>
    internal TrustStore WithAuthority(TrustedAuthority authority) => this with { Authorities = [.. Authorities, authority], DemandsAuthority = true, Whole = Whole?.WithAuthority(authority) };

    /// <summary>This store, where nobody signs by a certificate. What its authorities and Sigstore instances demand of signatures is demanded as before: taking trust away never makes a verdict kinder.</summary>
    internal TrustStore WithoutCertificates() => this with { Authorities = [], SigstoreRoots = [.. SigstoreRoots.Select(root => root with { CertificateAuthorities = [] })] };

    /// <summary>This store after the certificates that an export carries were held against its authorities: whoever they vouch for has a key in it now.</summary>
    internal TrustStore WithAuthoritiesAnswered() => this with { Authorities = [], DemandsAuthority = false, Whole = Whole?.WithAuthoritiesAnswered() };

    /// <summary>Where <paramref name="key"/> stands: the strictest of what its own entry, any other entry of the same key, its certificates and the revocations say.</summary>
    internal KeyStatus StatusOf(TrustedKey key)
    {
        KeyStatus status = key.Certificates.Aggregate(key.Status.Strictest(StatusOf(key.Material)), (strictest, certificate) => strictest.Strictest(Revocations.Of(certificate)));
        return key.OpenPgp is null ? status.Strictest(StatusInCertificates(key.Material)) : status;
    }

    /// <summary>The same of <paramref name="subkey"/>, which signed in the name of <paramref name="key"/>.</summary>
    internal KeyStatus StatusOf(TrustedKey key, KeyMaterial subkey) => StatusOf(key).Strictest(StatusOf(subkey));

    /// <summary>The strictest that this store says of <paramref name="key"/>, by whatever spelling and in whatever list.</summary>
    internal KeyStatus StatusOf(KeyMaterial key)
    {
        KeyStatus status = Revocations.Of(key);
        foreach (TrustedKey entry in Keys.AddRange(Beside))
        {
            status = entry.Material.Equals(key) ? status.Strictest(entry.Status) : status;
            status = entry.OpenPgp is { } certificate ? certificate.Keys.Where(part => key.Equals(part.Key.Material.Value)).Aggregate(status, (strictest, part) => strictest.Strictest(StatusOf(entry, certificate, part))) : status;
        }

        foreach (AllowedSigner line in SshSigners)
        {
            status = line.Key.Value?.Material.Equals(key) == true ? status.Strictest(line.Status) : status;
        }

        return status;
    }

    /// <summary>This store and the keys in <paramref name="file"/>.</summary>
    internal TrustStore With(KeyFileContent file) => this with
    {
        Keys = [.. Keys, .. file.Keys],
        Beside = [.. Beside, .. file.Beside],
        LeftOut = [.. LeftOut, .. file.LeftOut],
        OpenPgpRevocations = [.. OpenPgpRevocations, .. file.Revocations],
        Whole = Whole?.With(file),
    };

    /// <summary>This store, in which what <paramref name="revoked"/> lists counts no longer, whoever named it.</summary>
    internal TrustStore Without(RevocationList revoked) => revoked.ByFingerprint.Count == 0 ? this : this with { Revocations = Revocations.And(revoked), Whole = Whole?.Without(revoked) };

    // OpenPGP calls a key by a fingerprint of its own, and whoever revokes the primary key revokes the subkeys that belong to it.
    private KeyStatus StatusOf(TrustedKey entry, OpenPgpCertificate certificate, CertificateKey part)
    {
        KeyStatus own = Revocations.Of(part.Key);
        return part.Belongs ? own.Strictest(entry.Status).Strictest(Revocations.Of(entry.Material)).Strictest(Revocations.Of(certificate.Primary.Key)) : own;
    }

    // A key that stands in a certificate too is revoked with it; OpenPGP signatures are judged by the certificate itself.
    private KeyStatus StatusInCertificates(KeyMaterial key)
    {
        KnownCertificates known = OpenPgp;
        KeyStatus status = known.LeftOut.Any(certificate => certificate.Doubted.Contains(key.Fingerprint, StringComparer.Ordinal))
            ? KeyStatus.Revoked(on: null, since: null, until: null, "perhaps, by its own certificate: a revocation in it cannot be read")
            : KeyStatus.Active;
        foreach (OpenPgpCertificate certificate in known.Certificates.Where(certificate => certificate.OwnKeys.Contains(key.Fingerprint, StringComparer.Ordinal)).Select(known.Whole))
        {
            status = certificate.Keys.Where(part => key.Equals(part.Key.Material.Value)).Aggregate(status.Strictest(certificate.Primary.Status), (strictest, part) => strictest.Strictest(part.Status));
        }

        return status;
    }

    /// <summary>This store and <paramref name="other"/>; what one of them revokes is revoked in both.</summary>
    public TrustStore With(TrustStore other) => this with
    {
        Revocations = Revocations.And(other.Revocations),
        Keys = [.. Keys, .. other.Keys],
        Beside = [.. Beside, .. other.Beside],
        LeftOut = [.. LeftOut, .. other.LeftOut],
        OpenPgpRevocations = [.. OpenPgpRevocations, .. other.OpenPgpRevocations],
        SshSigners = [.. SshSigners, .. other.SshSigners],
        Roots = [.. Roots, .. other.Roots],
        SigstoreRoots = [.. SigstoreRoots, .. other.SigstoreRoots],
        Authorities = [.. Authorities, .. other.Authorities],
        DemandsAuthority = DemandsAuthority || other.DemandsAuthority,
        UnusableRoots = [.. UnusableRoots, .. other.UnusableRoots],
        Whole = Whole is null && other.Whole is null ? null : (Whole ?? this).With(other.Whole ?? other),
    };
}
