using System.Collections.Immutable;

namespace OfflineKit.Host.Results;

/// <summary>Results grouped by a key, in memory that does not grow with the number of groups.</summary>
internal sealed class ResultGroups : IDisposable
{
    private const int MostInMemory = 16 * 1024;
    private readonly Dictionary<string, ResultGroup> _now = new(StringComparer.Ordinal);
    private readonly SortedRecords _parts = new();

    /// <summary>Counts <paramref name="one"/> to the group <paramref name="key"/>.</summary>
    public void Add(string key, ResultGroup one)
    {
        _now[key] = _now.TryGetValue(key, out ResultGroup? known) ? known.And(one) : one;
        if (_now.Count == MostInMemory)
        {
            Spill();
        }
    }

    /// <summary>The largest groups, and how much there is besides; once.</summary>
    /// <param name="most">How many of them.</param>
    public LargestGroups Largest(int most)
    {
        List<ResultGroup> kept = [];
        long groups = 0, results = 0;
        foreach (ResultGroup group in InOrder())
        {
            kept.Add(group);
            (groups, results) = (groups + 1, results + group.Count);
            if (kept.Count == 2 * most)
            {
                kept = [.. Ordered(kept, most)];
            }
        }

        ImmutableArray<ResultGroup> largest = [.. Ordered(kept, most)];
        return new LargestGroups(largest, groups, results - largest.Sum(group => group.Count));
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();

    // Groups of one size stay in the order of their keys.
    private static IEnumerable<ResultGroup> Ordered(List<ResultGroup> groups, int most) => groups.OrderByDescending(group => group.Count).Take(most);

    private IEnumerable<ResultGroup> InOrder()
    {
        Spill();
        (string Key, ResultGroup Group)? open = null;
        foreach (SortedRecord record in _parts.InOrder())
        {
            ResultGroup group = ResultGroup.FromBytes(record.Value);
            if (open is { } same && same.Key == record.Key)
            {
                open = (same.Key, same.Group.And(group));
                continue;
            }

            if (open is { } ended)
            {
                yield return ended.Group;
            }

            open = (record.Key, group);
        }

        if (open is { } last)
        {
            yield return last.Group;
        }
    }

    private void Spill()
    {
        foreach ((string key, ResultGroup group) in _now)
        {
            _parts.Add(new SortedRecord(key, group.ToBytes()));
        }

        _now.Clear();
    }
}

/// <summary>The largest of many groups.</summary>
/// <param name="Groups">The largest first; those of one size in the order of their keys.</param>
/// <param name="All">How many groups there are.</param>
/// <param name="Besides">How many results the others have.</param>
internal sealed record LargestGroups(ImmutableArray<ResultGroup> Groups, long All, long Besides);
