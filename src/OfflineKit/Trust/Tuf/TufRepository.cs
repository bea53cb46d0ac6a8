using System.Collections.Immutable;

namespace OfflineKit.Trust.Tuf;

/// <summary>A target that some role of the repository signs for, with its content.</summary>
/// <param name="File">What was signed.</param>
/// <param name="Role">The role that signed.</param>
/// <param name="Content">The bytes, length and hashes checked.</param>
internal sealed record VerifiedTarget(TargetFile File, string Role, ReadOnlyMemory<byte> Content);

/// <summary>One role and when its metadata expires.</summary>
/// <param name="Role">Such as <c>timestamp</c>.</param>
/// <param name="Version">Its metadata's version.</param>
/// <param name="Expires">When it expires or expired.</param>
internal sealed record RoleExpiry(string Role, long Version, DateTimeOffset Expires);

/// <summary>A repository whose every signature, version and hash was checked from a trusted root. It cannot be made in any other way.</summary>
internal sealed class TufRepository
{
    internal TufRepository(
        ImmutableArray<RootMetadata> roots,
        TimestampMetadata timestamp,
        SnapshotMetadata snapshot,
        ImmutableArray<KeyValuePair<string, TargetsMetadata>> targetsRoles,
        ImmutableArray<VerifiedTarget> targets)
    {
        (Roots, Timestamp, Snapshot, TargetsRoles, Targets) = (roots, timestamp, snapshot, targetsRoles, targets);
    }

    /// <summary>The chain of roots from the pinned one to the newest.</summary>
    public ImmutableArray<RootMetadata> Roots { get; }

    /// <summary>The newest root.</summary>
    public RootMetadata Root => Roots[^1];

    /// <summary>The timestamp.</summary>
    public TimestampMetadata Timestamp { get; }

    /// <summary>The snapshot.</summary>
    public SnapshotMetadata Snapshot { get; }

    /// <summary>All targets roles by name, <c>targets</c> first, then delegations in order of precedence.</summary>
    public ImmutableArray<KeyValuePair<string, TargetsMetadata>> TargetsRoles { get; }

    /// <summary>All targets by precedence of their roles, each path once.</summary>
    public ImmutableArray<VerifiedTarget> Targets { get; }

    /// <summary>A time that trusted metadata proves to have passed; null when it proves none.</summary>
    public DateTimeOffset? NewestVerifiedTime => Timestamp.SignedOn;

    /// <summary>Every role with its expiry.</summary>
    public ImmutableArray<RoleExpiry> Expiries =>
    [
        new("root", Root.Version, Root.Expires),
        new("timestamp", Timestamp.Version, Timestamp.Expires),
        new("snapshot", Snapshot.Version, Snapshot.Expires),
        .. TargetsRoles.Select(role => new RoleExpiry(role.Key, role.Value.Version, role.Value.Expires)),
    ];

    /// <summary>The role that expires, or expired, first.</summary>
    public RoleExpiry FirstExpiry => Expiries.MinBy(expiry => expiry.Expires)!;

    /// <summary>The content of the target at <paramref name="path"/>, or null.</summary>
    public ReadOnlyMemory<byte>? Find(string path) =>
        Targets.FirstOrDefault(target => string.Equals(target.File.Path, path, StringComparison.Ordinal))?.Content;

    /// <summary>The repository as files, in the layout that <see cref="TufLayout"/> reads: what is stored and exported.</summary>
    public IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Files()
    {
        foreach (RootMetadata root in Roots)
        {
            yield return KeyValuePair.Create($"metadata/{root.Version}.root.json", root.File.Content);
        }

        yield return KeyValuePair.Create("metadata/timestamp.json", Timestamp.File.Content);
        yield return KeyValuePair.Create("metadata/snapshot.json", Snapshot.File.Content);
        foreach (KeyValuePair<string, TargetsMetadata> role in TargetsRoles)
        {
            yield return KeyValuePair.Create($"metadata/{TargetPath.FileNameOf(role.Key)}.json", role.Value.File.Content);
        }

        foreach (VerifiedTarget target in Targets)
        {
            yield return KeyValuePair.Create("targets/" + target.File.Path, target.Content);
        }
    }
}
