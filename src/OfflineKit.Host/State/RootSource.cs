using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;
using OfflineKit.Trust;

namespace OfflineKit.Host.State;

/// <summary>A trust store to choose roots from: the bundled one, or a folder of the same shape.</summary>
internal sealed class RootSource
{
    private readonly Func<ImmutableArray<TrustRoot>> _roots;
    private readonly Func<TrustRoot, TrustStore> _open;
    private readonly Func<TrustChoices> _choices;

    private RootSource(Func<ImmutableArray<TrustRoot>> roots, Func<TrustRoot, TrustStore> open, Func<TrustChoices> choices) =>
        (_roots, _open, _choices, OpenUnnamed, OpenRevoked) = (roots, open, choices, open, open);

    private Func<TrustRoot, TrustStore> OpenUnnamed { get; init; }

    private Func<TrustRoot, TrustStore> OpenRevoked { get; init; }

    /// <summary>The store that comes with the program, as far as <paramref name="choices"/> switch it on.</summary>
    public static RootSource Bundled(Func<TrustChoices> choices) => new(() => BundledTrust.ReadManifest().Roots, BundledTrust.Open, choices);

    /// <summary>A store that a question names.</summary>
    public static RootSource Named(NamedStore store) => new(() => store.Roots, store.Open, () => TrustChoices.Defaults) { OpenRevoked = store.OpenRevoked };

    /// <summary>The keys that this user added, as far as <paramref name="choices"/> switch them on.</summary>
    public static RootSource User(UserRoots user, Func<TrustChoices> choices) => new(() => user.Roots, user.Open, choices);

    /// <summary>The roots of an imported trust repository.</summary>
    public static RootSource Imported(ImportedTrust trust, bool onlyNamed) => new(
        () => RepositoryTrust.Roots(trust.Repository, trust.Name), root => RepositoryTrust.Open(trust.Repository, root), onlyNamed ? () => TrustChoices.AllOff : TrustChoices.Read)
    {
        OpenUnnamed = root => RepositoryTrust.OpenUsable(trust.Repository, root),
    };

    /// <summary>The trust of every root that is <paramref name="wanted"/>, or of one of <paramref name="kinds"/> and on; what was found is taken out of <paramref name="wanted"/>.</summary>
    public Result<TrustStore> Open(HashSet<string> wanted, TrustRootKind[] kinds) => Result.Parse(Reasons.MalformedTrust, () =>
    {
        TrustChoices choices = _choices();
        ImmutableArray<TrustRoot> roots = _roots();
        TrustStore store = TrustStore.Empty;
        foreach (TrustRoot root in roots)
        {
            bool isNamed = wanted.Remove(root.Name);
            if (isNamed || (kinds.Contains(root.Kind) && choices.IsOn(root)))
            {
                store = store.With(isNamed ? _open(root) : OpenUnnamed(root));
            }
        }

        // A key that this store revokes is revoked in the whole run, wherever else it stands, and although nobody uses its root.
        return store.Without(RepositoryRevocations.OfRoots(roots, OpenRevoked));
    });
}
