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

    /// <summary>The lines of allowed_signers files.</summary>
    internal ImmutableArray<AllowedSigner> SshSigners { get; init; } = [];

    /// <summary>The trust roots that the keys came from, where they came from roots.</summary>
    internal ImmutableArray<TrustRoot> Roots { get; init; } = [];

    /// <summary>Sigstore instances whose authorities and logs are trusted.</summary>
    internal ImmutableArray<SigstoreTrustedRoot> SigstoreRoots { get; init; } = [];

    /// <summary>Authorities of the caller: a certificate that leads to one of them brings its key into the store, where a format carries certificates.</summary>
    internal ImmutableArray<TrustedAuthority> Authorities { get; init; } = [];

    /// <summary>Keys and certificates that count no longer, wherever they are met: in signatures, logs, authorities and time stamps.</summary>
    internal RevocationList Revocations { get; init; } = RevocationList.Empty;

    /// <summary>Imported roots that nobody named and that cannot be used: passed over, and said with every verdict.</summary>
    internal ImmutableArray<Finding> UnusableRoots { get; init; } = [];

    /// <summary>Nobody is trusted.</summary>
    public bool IsEmpty => Keys.IsEmpty && Roots.IsEmpty && SigstoreRoots.IsEmpty && SshSigners.IsEmpty && Authorities.IsEmpty;

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
    internal IEnumerable<OpenPgpSigner> OpenPgpSigners(OpenPgpSignature signature) =>
        from trusted in Keys
        where trusted.OpenPgp is not null
        from key in trusted.OpenPgp!.Keys
        where signature.MayBeBy(key.Key)
        select new OpenPgpSigner(trusted, key, signature);

    /// <summary>The tenant that this run is for; null for none. A key of other tenants signs nothing.</summary>
    public string? Tenant { get; private init; }

    /// <summary>This store in a run for <paramref name="tenant"/>: the keys that belong to other tenants are not tried.</summary>
    public TrustStore For(string? tenant) => this with { Tenant = tenant, Keys = [.. Keys.Where(key => key.Scope.IsFor(tenant))] };

    /// <summary>Where <paramref name="key"/> stands: the strictest of what its own entry, any other entry of the same key, its certificates and the revocations say.</summary>
    internal KeyStatus StatusOf(TrustedKey key)
    {
        KeyStatus status = key.Certificates.Aggregate(key.Status.Strictest(StatusOf(key.Material)), (strictest, certificate) => strictest.Strictest(Revocations.Of(certificate)));
        return key.OpenPgp is { } openPgp ? status.Strictest(Revocations.Of(openPgp.Primary.Key)) : status;
    }

    /// <summary>The same of <paramref name="subkey"/>, which signed in the name of <paramref name="key"/>.</summary>
    internal KeyStatus StatusOf(TrustedKey key, KeyMaterial subkey)
    {
        KeyStatus status = StatusOf(key).Strictest(StatusOf(subkey));
        foreach (CertificateKey part in key.OpenPgp?.Subkeys ?? [])
        {
            status = subkey.Equals(part.Key.Material.Value) ? status.Strictest(Revocations.Of(part.Key)) : status;
        }

        return status;
    }

    /// <summary>The strictest that this store says of <paramref name="key"/>, by whatever spelling and in whatever list.</summary>
    internal KeyStatus StatusOf(KeyMaterial key)
    {
        KeyStatus status = Revocations.Of(key);
        foreach (TrustedKey entry in Keys)
        {
            status = entry.Material.Equals(key) ? status.Strictest(entry.Status) : status;
        }

        foreach (AllowedSigner line in SshSigners)
        {
            status = line.Key.Value?.Material.Equals(key) == true ? status.Strictest(line.Status) : status;
        }

        return status;
    }

    /// <summary>This store and the keys in <paramref name="file"/>.</summary>
    internal TrustStore With(KeyFileContent file) => this with { Keys = [.. Keys, .. file.Keys], LeftOut = [.. LeftOut, .. file.LeftOut] };

    /// <summary>This store, in which what <paramref name="revoked"/> lists counts no longer, whoever named it.</summary>
    internal TrustStore Without(RevocationList revoked) => revoked.ByFingerprint.Count == 0 ? this : this with { Revocations = Revocations.And(revoked) };

    /// <summary>This store and <paramref name="other"/>; what one of them revokes is revoked in both.</summary>
    public TrustStore With(TrustStore other) => this with
    {
        Revocations = Revocations.And(other.Revocations),
        Keys = [.. Keys, .. other.Keys],
        LeftOut = [.. LeftOut, .. other.LeftOut],
        SshSigners = [.. SshSigners, .. other.SshSigners],
        Roots = [.. Roots, .. other.Roots],
        SigstoreRoots = [.. SigstoreRoots, .. other.SigstoreRoots],
        Authorities = [.. Authorities, .. other.Authorities],
        UnusableRoots = [.. UnusableRoots, .. other.UnusableRoots],
    };
}
