namespace OfflineKit.Exports;

/// <summary>Which of a sequence of exports this is.</summary>
/// <param name="Sequence">What the sequence is called, such as <c>offlinekit-kit feeds</c>.</param>
/// <param name="Version">The version as the export writes it.</param>
/// <param name="Numbers">The version for comparing.</param>
public sealed record ExportVersion(string Sequence, string Version, System.Collections.Immutable.ImmutableArray<long> Numbers)
{
    /// <summary>Number by number; a missing number counts as 0.</summary>
    public static int Compare(ReadOnlySpan<long> left, ReadOnlySpan<long> right)
    {
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            int order = (i < left.Length ? left[i] : 0).CompareTo(i < right.Length ? right[i] : 0);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
