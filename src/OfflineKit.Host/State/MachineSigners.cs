using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Policies;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Host.State;

/// <summary>Who counts on a machine that a policy binds: whom the machine's own trust knows, and the keys that the policy names by fingerprint.</summary>
/// <remarks>
/// A name means the key that the machine knows under it: a user may call any file by the name of a signer. A key that the machine knows keeps the limits that it has there,
/// whoever names it again and in whatever list: it counts by the machine's entries and lines, and by a line of a user only where the machine sets no limit.
/// </remarks>
internal sealed class MachineSigners
{
    private readonly ILookup<string, TrustedKey> _known;
    private readonly ILookup<string, AllowedSigner> _lines;
    private readonly HashSet<string> _named;

    private MachineSigners(TrustStore known, PolicyFile policy)
    {
        _known = known.Keys.SelectMany(key => key.Material.Fingerprints.Select(fingerprint => (fingerprint, key))).ToLookup(pair => pair.fingerprint, pair => pair.key, StringComparer.Ordinal);
        _lines = known.SshSigners.Where(line => line.Key.Value is not null).SelectMany(line => line.Key.Value!.Material.Fingerprints.Select(fingerprint => (fingerprint, line))).ToLookup(pair => pair.fingerprint, pair => pair.line, StringComparer.Ordinal);
        Demands = policy with { Signers = [.. policy.Signers.Select(group => group with { AnyOf = [.. group.AnyOf.Select(signer => Resolved(signer, known))] })] };
        _named = new HashSet<string>(policy.Signers.SelectMany(group => group.AnyOf).SelectMany(signer => signer.Keys).Where(NamedSigner.IsFingerprint).Select(name => name[NamedSigner.ByFingerprint.Length..]), StringComparer.Ordinal);
    }

    /// <summary>Those who count under <paramref name="policy"/> on a machine with <paramref name="imports"/>.</summary>
    /// <exception cref="MalformedException">A root of the machine cannot be opened, or a name of the policy means two keys.</exception>
    public static MachineSigners Of(PolicyFile policy, ImmutableArray<ImportedTrust> imports)
    {
        TrustStore[] parts =
        [
            Joined(BundledTrust.ReadManifest().Roots.Select(BundledTrust.Open)),
            .. imports.Select(trust => Joined(RepositoryTrust.Roots(trust.Repository, trust.Name).Select(root => RepositoryTrust.OpenUsable(trust.Repository, root)))),
        ];
        TrustStore known = Joined(parts);
        return SignerNames.Ambiguity(policy, parts, known) is { } ambiguity ? throw new MalformedException(ambiguity.Reason, ambiguity.Detail) : new MachineSigners(known, policy);
    }

    /// <summary>What the policy demands, each signer by the fingerprints of its keys.</summary>
    public PolicyFile Demands { get; }

    /// <summary>A signer whom the policy names and the machine does not know, or null.</summary>
    public Finding? Unknown => Demands.Signers.SelectMany(group => group.AnyOf).FirstOrDefault(signer => signer.Keys.IsEmpty) is { } signer
        ? PolicyReasons.Contradiction.Because($"\"{signer.Name}\" names no key that this machine knows: import its trust for the machine, or name the key by its fingerprint")
        : null;

    /// <summary>What counts of <paramref name="store"/>, which whoever asks has named or keeps; its revocations always do, those in certificates too.</summary>
    /// <remarks>What is passed over trusts nobody and dates nothing. What it refuses is refused all the same: its limits, its demands and its keys stay in <see cref="TrustStore.Whole"/>.</remarks>
    public TrustStore Admit(TrustStore store)
    {
        ImmutableArray<TrustedKey> keys = [.. store.Keys.SelectMany(Admit)];
        ImmutableArray<AllowedSigner> signers = [.. store.SshSigners.SelectMany(Admit).Distinct()];
        TrustStore admitted = store.WithoutCertificates() with
        {
            Keys = keys,
            Beside = [.. store.Beside, .. store.Keys],
            SshSigners = signers,
            // Their logs and time stampers would date what a key signed after its end: whose word that is is the machine's to decide.
            SigstoreRoots = [],
            Roots = keys.IsEmpty && signers.IsEmpty ? [] : store.Roots,
        };
        return admitted.Within(store with { Beside = [.. store.Beside, .. keys] });
    }

    /// <summary>By what those of <paramref name="store"/> were named of whom nothing counts.</summary>
    public static IEnumerable<string> PassedOver(TrustStore store, TrustStore admitted)
    {
        HashSet<string> left = new(admitted.Keys.SelectMany(key => key.Material.Fingerprints), StringComparer.Ordinal);
        return store.Keys.Where(key => !key.Material.Fingerprints.Any(left.Contains)).Select(key => key.Root)
            .Concat(store.SshSigners.Where(line => !admitted.SshSigners.Any(other => other.Blob.Span.SequenceEqual(line.Blob.Span))).Select(line => line.Source))
            .Concat(store.SigstoreRoots.Select(root => root.Name))
            .Concat(store.Authorities.Select(authority => authority.Root));
    }

    private IEnumerable<TrustedKey> Admit(TrustedKey key)
    {
        TrustedKey[] known = [.. key.Material.Fingerprints.SelectMany(fingerprint => _known[fingerprint]).Distinct()];
        return known.Length > 0 ? known.Select(entry => entry with { Hints = [.. entry.Hints, .. key.Hints], OnlyParts = key.OnlyParts })
            : key.Material.Fingerprints.Any(_named.Contains) && !key.Material.Fingerprints.Any(_lines.Contains) ? [key] : [];
    }

    private IEnumerable<AllowedSigner> Admit(AllowedSigner line)
    {
        ImmutableArray<string> fingerprints = line.Key.Value?.Material.Fingerprints ?? [];
        AllowedSigner[] known = [.. fingerprints.SelectMany(fingerprint => _lines[fingerprint]).Distinct()];
        TrustedKey[] entries = [.. fingerprints.SelectMany(fingerprint => _known[fingerprint]).Distinct()];
        return known.Length > 0 ? known
            : fingerprints.Any(_named.Contains) && (entries.Length == 0 || entries.Any(entry => entry.IsUnlimited)) ? [line] : [];
    }

    private static TrustStore Joined(IEnumerable<TrustStore> stores) => stores.Aggregate(TrustStore.Empty, static (left, store) => left.With(store));

    private static NamedSigner Resolved(NamedSigner signer, TrustStore known) => signer with
    {
        Keys = [.. signer.Keys.SelectMany(name => NamedSigner.IsFingerprint(name) ? [name] : FingerprintsOf(name, known)).Distinct(StringComparer.Ordinal)],
    };

    private static IEnumerable<string> FingerprintsOf(string name, TrustStore known) => known.Keys.Where(key => key.Name == name).SelectMany(key => key.Material.Fingerprints)
        .Concat(known.SshSigners.Where(line => line.IsOf(name) && line.Key.Value is not null).SelectMany(line => line.Key.Value!.Material.Fingerprints))
        .Select(fingerprint => NamedSigner.ByFingerprint + fingerprint);
}
