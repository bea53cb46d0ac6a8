using System.Collections.Immutable;

namespace OfflineKit.Campaign.Running;

/// <summary>How a number of changes is shared out: evenly, and what one does not need goes to the others.</summary>
internal static class Share
{
    /// <summary>What each of <paramref name="sizes"/> gets of <paramref name="total"/>; none more than its size.</summary>
    public static ImmutableArray<long> Of(long total, IReadOnlyList<long> sizes)
    {
        long[] shares = new long[sizes.Count];
        long left = total;
        int[] order = [.. Enumerable.Range(0, sizes.Count).OrderBy(at => sizes[at])];
        for (int done = 0; done < order.Length; done++)
        {
            int at = order[done];
            shares[at] = Math.Min(sizes[at], left / (order.Length - done));
            left -= shares[at];
        }

        return [.. shares];
    }
}
