using System.Collections.Immutable;

namespace OfflineKit.Signing.Sentinel;

/// <summary>The lines by which two policies differ.</summary>
internal static class PolicyDifference
{
    private const int LineLimit = 2000;

    /// <summary>Lines that only <paramref name="old"/> (<c>-</c>) or only <paramref name="next"/> (<c>+</c>) has, in order; empty when the bytes are equal.</summary>
    public static ImmutableArray<string> Between(string old, string next)
    {
        if (string.Equals(old, next, StringComparison.Ordinal))
        {
            return [];
        }

        string[] before = old.Split('\n'), after = next.Split('\n');
        return before.Length > LineLimit || after.Length > LineLimit
            ? [$"the policies differ and have more than {LineLimit} lines"]
            : Walk(before, after, Common(before, after));
    }

    // The length of the longest common subsequence of the lines from i and j on.
    private static int[,] Common(string[] before, string[] after)
    {
        int[,] length = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int j = after.Length - 1; j >= 0; j--)
            {
                length[i, j] = before[i] == after[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }

        return length;
    }

    private static ImmutableArray<string> Walk(string[] before, string[] after, int[,] common)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        int i = 0, j = 0;
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add("-" + before[i++]);
            }
            else
            {
                lines.Add("+" + after[j++]);
            }
        }

        return lines.DrainToImmutable();
    }
}
