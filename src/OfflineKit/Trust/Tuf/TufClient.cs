using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>What expired metadata means.</summary>
internal enum ExpiryRule
{
    /// <summary>It is refused: the rule for an import.</summary>
    Refuse,

    /// <summary>It is accepted and its age reported: the rule for trust that was imported before, and for an import that the operator forces.</summary>
    Report,
}

/// <summary>The TUF client workflow with files only: from a trusted root to a repository that cannot be wrong.</summary>
/// <remarks>Source: TUF specification 1.0 §5; the steps carry its numbers. Differences are listed in docs/spec/trust-bundle.md §4.</remarks>
internal static class TufClient
{
    /// <summary>The repository in <paramref name="files"/>, from the root with SHA-256 <paramref name="rootFingerprint"/>.</summary>
    public static Result<TufRepository> Open(ITufFiles files, string rootFingerprint, DateTimeOffset time, ExpiryRule rule) =>
        Result.Parse(TufReasons.Malformed, () =>
        {
            TufLayout layout = new(files);
            return Walk(layout, [layout.PinnedRoot(rootFingerprint)], trusted: null, time, rule);
        });

    /// <summary>The repository in <paramref name="files"/> as the successor of <paramref name="trusted"/>: no version goes back.</summary>
    public static Result<TufRepository> Update(ITufFiles files, TufRepository trusted, DateTimeOffset time, ExpiryRule rule) =>
        Result.Parse(TufReasons.Malformed, () => Walk(new TufLayout(files), trusted.Roots, trusted, time, rule));

    private static TufRepository Walk(TufLayout layout, ImmutableArray<RootMetadata> known, TufRepository? trusted, DateTimeOffset time, ExpiryRule rule)
    {
        // §5.2, 5.3 The root, N → N + 1.
        ImmutableArray<RootMetadata> roots = WalkRoots(layout, known);
        RootMetadata root = roots[^1];
        Expiry expiry = new(time, rule);
        expiry.Require("root.json", root);

        // §5.3.11 Recovery from a fast-forward attack: versions signed by a key that was replaced bind nobody. A key that only joined the role replaced none.
        bool isBound = trusted is not null && root.Roles["timestamp"].Signed(trusted.Timestamp.File) && root.Roles["snapshot"].Signed(trusted.Snapshot.File);
        TufRepository? floor = isBound ? trusted : null;

        // §5.4 The timestamp.
        TimestampMetadata timestamp = TimestampMetadata.Parse(layout.Timestamp());
        root.Require("timestamp", timestamp.File);
        RefuseOlder(timestamp, floor?.Timestamp);
        RefuseOlder("snapshot.json", timestamp.Snapshot.Version, floor?.Timestamp.Snapshot.Version);
        expiry.Require("timestamp.json", timestamp);

        // §5.5 The snapshot.
        SnapshotMetadata snapshot = SnapshotMetadata.Parse(Bytes(layout, "snapshot", timestamp.Snapshot, TufLimits.Snapshot));
        root.Require("snapshot", snapshot.File);
        RequireVersion(snapshot, timestamp.Snapshot);
        RefuseOlderEntries(snapshot, floor?.Snapshot);
        expiry.Require("snapshot.json", snapshot);

        // §5.6 Targets, delegations, and the files themselves.
        TargetsWalk targets = new(layout, snapshot, expiry, trusted);
        targets.Open(root);

        return new TufRepository(roots, timestamp, snapshot, targets.Roles, targets.Collect());
    }

    private static ImmutableArray<RootMetadata> WalkRoots(TufLayout layout, ImmutableArray<RootMetadata> known)
    {
        var roots = known.ToBuilder();
        if (known.Length == 1)
        {
            known[0].Require("root", known[0].File);
        }

        while (layout.Root(roots[^1].Version + 1) is { } next)
        {
            RootMetadata current = roots[^1];
            current.Require("root", next.File);
            next.Require("root", next.File);
            if (next.Version != current.Version + 1)
            {
                throw new MalformedException(TufReasons.VersionMismatch, $"{next.File.Name}: version {next.Version}, wanted {current.Version + 1}");
            }

            roots.Add(next);
            if (roots.Count > TufLimits.RootVersions)
            {
                throw new MalformedException(TufReasons.TooLarge, $"more than {TufLimits.RootVersions} root versions");
            }
        }

        // A root that is there but out of reach would otherwise be passed over in silence.
        long newest = Math.Max(layout.NewestRoot, layout.NewestUnnumbered()?.Version ?? 0);
        return newest <= roots[^1].Version
            ? roots.ToImmutable()
            : throw new MalformedException(TufReasons.RootGap, $"root version {roots[^1].Version + 1} is missing, but version {newest} is there");
    }

    internal static ReadOnlyMemory<byte> Bytes(TufLayout layout, string role, MetaFile meta, int limit)
    {
        int bound = meta.Length is { } length && length < limit ? (int)length : limit;
        ReadOnlyMemory<byte> content = layout.Metadata(role, meta.Version, bound);
        meta.RequireBytes($"{role}.json", content.Span);
        return content;
    }

    internal static void RequireVersion(TufMetadata metadata, MetaFile meta)
    {
        if (metadata.Version != meta.Version)
        {
            throw new MalformedException(TufReasons.VersionMismatch, $"{metadata.File.Name}: version {metadata.Version}, wanted {meta.Version}");
        }
    }

    private static void RefuseOlder(TimestampMetadata timestamp, TimestampMetadata? trusted)
    {
        RefuseOlder("timestamp.json", timestamp.Version, trusted?.Version);
        if (trusted is not null && trusted.Version == timestamp.Version && !trusted.File.Canonical.Span.SequenceEqual(timestamp.File.Canonical.Span))
        {
            throw new MalformedException(TufReasons.VersionMismatch, $"timestamp.json: version {timestamp.Version} says something else than the trusted file of that version");
        }
    }

    internal static void RefuseOlder(string name, long version, long? trusted)
    {
        if (version < trusted)
        {
            throw new MalformedException(TufReasons.Rollback, $"{name}: version {version}, trusted already: {trusted}");
        }
    }

    private static void RefuseOlderEntries(SnapshotMetadata snapshot, SnapshotMetadata? trusted)
    {
        foreach (KeyValuePair<string, MetaFile> entry in trusted?.Meta.AsEnumerable() ?? [])
        {
            if (!snapshot.Meta.TryGetValue(entry.Key, out MetaFile? now))
            {
                throw new MalformedException(TufReasons.Removed, $"snapshot.json version {snapshot.Version} no longer lists {entry.Key}");
            }

            RefuseOlder(entry.Key, now.Version, entry.Value.Version);
        }
    }
}

/// <summary>Judges expiry at one time by one rule.</summary>
internal readonly record struct Expiry(DateTimeOffset Time, ExpiryRule Rule)
{
    /// <summary>Refuses <paramref name="metadata"/> when it has expired and the rule says so.</summary>
    public void Require(string name, TufMetadata metadata)
    {
        if (Rule == ExpiryRule.Refuse && metadata.Expires <= Time)
        {
            throw new MalformedException(
                TufReasons.Expired, $"{name} version {metadata.Version} expired at {UtcText.Seconds(metadata.Expires)}; the time is {UtcText.Seconds(Time)}");
        }
    }
}
