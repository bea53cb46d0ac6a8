using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Trust;

/// <summary>All key material that one run trusts. Immutable; what is not in here is not trusted.</summary>
public sealed record TrustStore
{
    /// <summary>Trusts nobody.</summary>
    public static TrustStore Empty { get; } = new();

    /// <summary>Public keys.</summary>
    public ImmutableArray<TrustedKey> Keys { get; init; } = [];

    /// <summary>The lines of allowed_signers files.</summary>
    public ImmutableArray<AllowedSigner> SshSigners { get; init; } = [];

    /// <summary>The trust roots that the keys came from, where they came from roots.</summary>
    public ImmutableArray<TrustRoot> Roots { get; init; } = [];

    /// <summary>Sigstore instances whose authorities and logs are trusted.</summary>
    public ImmutableArray<SigstoreTrustedRoot> SigstoreRoots { get; init; } = [];

    /// <summary>Authorities of the caller: a certificate that leads to one of them brings its key into the store, where a format carries certificates.</summary>
    public ImmutableArray<TrustedAuthority> Authorities { get; init; } = [];

    /// <summary>Keys and certificates that count no longer, wherever they are met: in signatures, logs, authorities and time stamps.</summary>
    public RevocationList Revocations { get; init; } = RevocationList.Empty;

    /// <summary>Nobody is trusted.</summary>
    public bool IsEmpty => Keys.IsEmpty && Roots.IsEmpty && SigstoreRoots.IsEmpty && SshSigners.IsEmpty && Authorities.IsEmpty;

    /// <summary>The trusted keys that may be used with <paramref name="scheme"/>; those called <paramref name="hint"/> come first.</summary>
    public ImmutableArray<TrustedKey> Candidates(SignatureScheme scheme, string? hint = null)
    {
        ImmutableArray<TrustedKey> fitting = [.. Keys.Where(key => key.Under(scheme) is not null)];
        return hint is null ? fitting : [.. fitting.OrderBy(key => key.IsCalled(hint) ? 0 : 1)];
    }

    /// <summary>This store without the keys that belong to other tenants than <paramref name="tenant"/>.</summary>
    public TrustStore For(string? tenant) => Keys.All(key => key.Scope.IsFor(tenant)) ? this : this with { Keys = [.. Keys.Where(key => key.Scope.IsFor(tenant))] };

    /// <summary>Why a key that signed may not have signed what was proved; the scope of keys is judged here, the same for every format.</summary>
    public ImmutableArray<Finding> ScopeObjections(ImmutableArray<Evidence> evidence, string? space) =>
    [
        .. evidence.OfType<SignedByKey>()
            .SelectMany(signed => Keys.Where(key => key.Name == signed.Signer && key.Material.Fingerprint == signed.Fingerprint))
            .Select(key => key.Scope.Judge(key.Name, evidence, space))
            .OfType<Finding>(),
    ];

    /// <summary>Every key that signed may do so in named namespaces only, so that the namespace that the caller states was held against each.</summary>
    public bool LimitsNamespaces(ImmutableArray<Evidence> evidence)
    {
        ImmutableArray<SignedByKey> signed = [.. evidence.OfType<SignedByKey>()];
        return !signed.IsEmpty && signed.All(by => Keys.Any(key => key.Name == by.Signer && key.Material.Fingerprint == by.Fingerprint && !key.Scope.Namespaces.IsEmpty));
    }

    /// <summary>What a reader should know of the keys that signed: those about to go, and those revoked after they signed. The same for every format.</summary>
    public ImmutableArray<Remark> StandingOf(ImmutableArray<Evidence> evidence)
    {
        DateTimeOffset? latest = evidence.OfType<SignedAt>().Select(at => (DateTimeOffset?)at.Time).Max();
        var remarks = ImmutableArray.CreateBuilder<Remark>();
        foreach (SignedByKey signed in evidence.OfType<SignedByKey>())
        {
            IEnumerable<KeyStatus> known = Keys.Where(key => key.Name == signed.Signer && key.Material.Fingerprint == signed.Fingerprint).Select(key => key.Status)
                .Concat(SshSigners.Where(line => line.Source == signed.Root && line.Names(signed.Signer) && line.Key.Value?.Material.Fingerprint == signed.Fingerprint).Select(line => line.Status))
                .Append(Revocations.Of(signed.Fingerprint));
            Remark? remark = known.Aggregate(KeyStatus.Active, static (left, right) => left.Strictest(right)).Remark($"key \"{signed.Signer}\"", latest);
            if (remark is not null && !remarks.Contains(remark))
            {
                remarks.Add(remark);
            }
        }

        return remarks.ToImmutable();
    }

    /// <summary>This store and <paramref name="other"/>; what one of them revokes is revoked in both.</summary>
    public TrustStore With(TrustStore other) => Revocations.And(other.Revocations).Apply(this with
    {
        Keys = [.. Keys, .. other.Keys],
        SshSigners = [.. SshSigners, .. other.SshSigners],
        Roots = [.. Roots, .. other.Roots],
        SigstoreRoots = [.. SigstoreRoots, .. other.SigstoreRoots],
        Authorities = [.. Authorities, .. other.Authorities],
    });
}
