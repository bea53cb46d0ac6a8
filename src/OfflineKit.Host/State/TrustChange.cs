using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Host.State;

/// <summary>What a newer repository changes, in words: roots, keys of roles, targets, and keys that were revoked.</summary>
internal static class TrustChange
{
    /// <summary>The changes from <paramref name="before"/> to <paramref name="now"/>; empty when there are none.</summary>
    public static ImmutableArray<string> Between(TufRepository before, TufRepository now) =>
    [
        .. Roots(before.Root, now.Root),
        .. Targets(before, now),
        .. Keys(before, now),
        .. Revoked(before, now).Select(what => $"REVOKED: {what}"),
    ];

    /// <summary>What <paramref name="now"/> revokes and <paramref name="before"/> did not, or not from so early on.</summary>
    public static ImmutableArray<string> Revoked(TufRepository before, TufRepository now)
    {
        Dictionary<string, string> names = Entries(now).Values.Where(root => root.Fingerprint.Length > 0).GroupBy(root => root.Fingerprint, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal);
        return
        [
            .. List(now).ByFingerprint.OrderBy(entry => entry.Key, StringComparer.Ordinal).Where(entry => List(before).ByFingerprint.GetValueOrDefault(entry.Key) != entry.Value)
                .Select(entry => $"{names.GetValueOrDefault(entry.Key) ?? "sha256:" + entry.Key} is {entry.Value}"),
            .. Entries(now).Values.Where(root => root.Fingerprint.Length == 0 && root.Status.Phase == KeyPhase.Revoked && Entries(before).GetValueOrDefault(root.Name)?.Status != root.Status)
                .Select(root => $"{root.Name} is {root.Status}"),
        ];
    }

    private static IEnumerable<string> Roots(RootMetadata before, RootMetadata now)
    {
        if (before.Version == now.Version)
        {
            yield break;
        }

        yield return $"root version {before.Version} -> {now.Version}";
        foreach (string role in now.Roles.Keys.Order(StringComparer.Ordinal).Where(role => !now.Roles[role].HasKeysOf(before.Roles[role])))
        {
            yield return $"the {role} role has other keys";
        }

        foreach (string role in now.Roles.Keys.Order(StringComparer.Ordinal).Where(role => now.Roles[role].Threshold != before.Roles[role].Threshold))
        {
            yield return $"the {role} role needs {now.Roles[role].Threshold} keys instead of {before.Roles[role].Threshold}";
        }
    }

    private static IEnumerable<string> Targets(TufRepository before, TufRepository now)
    {
        Dictionary<string, string> old = Hashes(before), current = Hashes(now);
        foreach (string path in old.Keys.Union(current.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string? was = old.GetValueOrDefault(path), isNow = current.GetValueOrDefault(path);
            if (was != isNow)
            {
                yield return was is null ? $"target added: {path}" : isNow is null ? $"target removed: {path}" : $"target changed: {path}";
            }
        }
    }

    private static IEnumerable<string> Keys(TufRepository before, TufRepository now)
    {
        Dictionary<string, TrustRoot> old = Entries(before);
        foreach ((string name, TrustRoot root) in Entries(now).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            KeyPhase was = old.TryGetValue(name, out TrustRoot? known) ? known.Status.Phase : KeyPhase.Active;
            if (known is null && root.Status.Phase != KeyPhase.Revoked)
            {
                yield return $"trusted now: {name}";
            }
            else if (was != root.Status.Phase && root.Status.Phase != KeyPhase.Revoked)
            {
                yield return $"{root.Status.Phase.ToString().ToLowerInvariant()} now: {name}";
            }
        }

        foreach (string gone in old.Keys.Except(Entries(now).Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            yield return $"no longer listed: {gone}";
        }
    }

    private static RevocationList List(TufRepository repository) => Result.Parse(Reasons.MalformedTrust, () => RepositoryRevocations.OneByOne(repository)).Value ?? RevocationList.Empty;

    private static Dictionary<string, string> Hashes(TufRepository repository) =>
        repository.Targets.ToDictionary(target => target.File.Path, target => Digest.Sha256(target.Content.Span).Hex, StringComparer.Ordinal);

    private static Dictionary<string, TrustRoot> Entries(TufRepository repository) =>
        (RepositoryTrust.Manifest(repository).Value?.Roots ?? []).ToDictionary(root => root.Name, StringComparer.Ordinal);
}
