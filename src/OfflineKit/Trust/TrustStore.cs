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

    /// <summary>Nobody is trusted.</summary>
    public bool IsEmpty => Keys.IsEmpty && Roots.IsEmpty && SigstoreRoots.IsEmpty && SshSigners.IsEmpty;

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
            .Select(key => key.Scope.Objection(key.Name, evidence, space))
            .OfType<Finding>(),
    ];

    /// <summary>This store and <paramref name="other"/>.</summary>
    public TrustStore With(TrustStore other) => this with
    {
        Keys = [.. Keys, .. other.Keys],
        SshSigners = [.. SshSigners, .. other.SshSigners],
        Roots = [.. Roots, .. other.Roots],
        SigstoreRoots = [.. SigstoreRoots, .. other.SigstoreRoots],
    };
}
