namespace OfflineKit.CommandLine;

/// <summary>The word that somebody probably meant who typed another one.</summary>
/// <remarks>By the optimal string alignment distance: letters that are missing, added, replaced or swapped with their neighbour.</remarks>
internal static class NearestWord
{
    private const int ShortestStart = 3, MostMistakes = 3;

    /// <summary>The one of <paramref name="known"/> that is nearest to <paramref name="typed"/>; null where none is near.</summary>
    public static string? To(string typed, IEnumerable<string> known) => known.Distinct(StringComparer.Ordinal)
        .Select(word => (Word: word, Mistakes: Mistakes(typed, word)))
        .Where(near => near.Mistakes <= Allowed(near.Word) || IsStart(typed, near.Word))
        .OrderBy(near => near.Mistakes).ThenBy(near => near.Word, StringComparer.Ordinal)
        .Select(near => near.Word).FirstOrDefault();

    /// <summary>The question whether it was meant; null where none is near.</summary>
    public static string? Hint(string typed, IEnumerable<string> known) => To(typed, known) is { } near ? $"did you mean {near}?" : null;

    // In a short word two mistakes make any other one. The dashes of an option are no letters.
    private static int Allowed(string word) => Math.Min(MostMistakes, word.TrimStart('-').Length / 3);

    private static bool IsStart(string typed, string word) => typed.TrimStart('-').Length >= ShortestStart && word.StartsWith(typed, StringComparison.Ordinal);

    private static int Mistakes(string one, string other)
    {
        int[,] cost = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                cost[i, j] = i == 0 ? j : j == 0 ? i : Step(cost, one, other, i, j);
            }
        }

        return cost[one.Length, other.Length];
    }

    private static int Step(int[,] cost, string one, string other, int i, int j)
    {
        int replaced = cost[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
        int least = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
        bool isSwap = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
        return isSwap ? Math.Min(least, cost[i - 2, j - 2] + 1) : least;
    }
}
