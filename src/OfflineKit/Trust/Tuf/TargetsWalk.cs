using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>Opens every targets role of a repository and finds, for each path, the one role that speaks for it.</summary>
/// <remarks>Source: TUF specification 1.0 §5.6. Unlike a client that looks for one target, an import opens all roles: one bad role refuses the bundle.</remarks>
internal sealed class TargetsWalk(TufLayout layout, SnapshotMetadata snapshot, Expiry expiry, TufRepository? trusted)
{
    private readonly Dictionary<string, TargetsMetadata> _roles = new(StringComparer.Ordinal);
    private readonly ImmutableArray<KeyValuePair<string, TargetsMetadata>>.Builder _order = ImmutableArray.CreateBuilder<KeyValuePair<string, TargetsMetadata>>();
    private int _delegations;

    /// <summary>The roles in preorder, <c>targets</c> first.</summary>
    public ImmutableArray<KeyValuePair<string, TargetsMetadata>> Roles => _order.ToImmutable();

    /// <summary>Opens <c>targets</c> and everything that it delegates to.</summary>
    public void Open(RootMetadata root) => Open(root.Roles["targets"], $"root version {root.Version}", depth: 0);

    /// <summary>Every path that some role may speak for, with the content that this role signs.</summary>
    public ImmutableArray<VerifiedTarget> Collect()
    {
        var targets = ImmutableArray.CreateBuilder<VerifiedTarget>();
        HashSet<string> paths = new(StringComparer.Ordinal);
        HashSet<string> folded = new(StringComparer.OrdinalIgnoreCase);
        long bytes = 0;
        foreach (string path in _order.SelectMany(role => role.Value.Targets.Keys.Order(StringComparer.Ordinal)).Where(paths.Add))
        {
            if (Lookup("targets", path, new HashSet<string>(StringComparer.Ordinal)).Found is not { } found)
            {
                continue;
            }

            if (!folded.Add(path))
            {
                throw new MalformedException(TufReasons.UnsafePath, $"target path \"{path}\" differs from another one only by case");
            }

            targets.Add(found with { Content = layout.Target(found.File) });
            if ((bytes += found.File.Length) > TufLimits.Bundle)
            {
                throw new MalformedException(TufReasons.TooLarge, $"the targets together are larger than {TufLimits.Bundle} bytes");
            }
        }

        RefuseFilesAsFolders(folded);
        return targets.DrainToImmutable();
    }

    // "a" and "a/b" cannot lie on one disk.
    private static void RefuseFilesAsFolders(HashSet<string> paths)
    {
        foreach (string path in paths)
        {
            for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                if (paths.Contains(path[..slash]))
                {
                    throw new MalformedException(TufReasons.UnsafePath, $"target path \"{path}\" lies in \"{path[..slash]}\", which is a target too");
                }
            }
        }
    }

    private void Open(TufRole role, string authority, int depth)
    {
        string name = $"{role.Name}.json";
        if (depth > TufLimits.DelegationDepth || ++_delegations > TufLimits.DelegatedRoles)
        {
            throw new MalformedException(
                TufReasons.DelegationLimit, $"{name}: limits are {TufLimits.DelegatedRoles} delegations and {TufLimits.DelegationDepth} levels");
        }

        if (_roles.TryGetValue(role.Name, out TargetsMetadata? known))
        {
            // Another delegation, or a cycle: its keys must have signed too, but its delegations are open already.
            role.Require(known.File, authority);
            return;
        }

        if (!snapshot.Meta.TryGetValue(name, out MetaFile? meta))
        {
            throw new MalformedException(TufReasons.MissingFile, $"snapshot.json version {snapshot.Version} does not list {name}");
        }

        TargetsMetadata targets = TargetsMetadata.Parse(role.Name, TufClient.Bytes(layout, role.Name, meta, TufLimits.Targets));
        role.Require(targets.File, authority);
        TufClient.RequireVersion(targets, meta);
        expiry.Require(name, targets);

        // Whatever became of the snapshot's keys: a version that the role's present keys signed does not go back.
        if (Known(role.Name) is { } before && role.Signed(before.File))
        {
            TufClient.RefuseOlder(name, targets.Version, before.Version);
        }

        _roles.Add(role.Name, targets);
        _order.Add(KeyValuePair.Create(role.Name, targets));
        foreach (Delegation delegation in targets.Delegations)
        {
            Open(delegation.Role, name, depth + 1);
        }
    }

    private TargetsMetadata? Known(string role)
    {
        foreach ((string name, TargetsMetadata metadata) in trusted?.TargetsRoles ?? [])
        {
            if (string.Equals(name, role, StringComparison.Ordinal))
            {
                return metadata;
            }
        }

        return null;
    }

    /// <summary>§5.6.7: preorder, first match wins, a terminating delegation ends the search.</summary>
    private Search Lookup(string role, string path, HashSet<string> visited)
    {
        if (!visited.Add(role))
        {
            return new Search(Found: null, IsOver: false);
        }

        TargetsMetadata metadata = _roles[role];
        if (metadata.Targets.TryGetValue(path, out TargetFile? file))
        {
            return new Search(new VerifiedTarget(file, role, ReadOnlyMemory<byte>.Empty), IsOver: true);
        }

        foreach (Delegation delegation in metadata.Delegations.Where(delegation => delegation.Covers(path)))
        {
            Search search = Lookup(delegation.Role.Name, path, visited);
            if (search.IsOver || delegation.Terminating)
            {
                return search with { IsOver = true };
            }
        }

        return new Search(Found: null, IsOver: false);
    }

    private readonly record struct Search(VerifiedTarget? Found, bool IsOver);
}
