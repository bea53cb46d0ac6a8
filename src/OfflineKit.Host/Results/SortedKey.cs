namespace OfflineKit.Host.Results;

/// <summary>Several texts as one key that sorts by the first of them, then by the next, and that no other texts make: a zero character may stand in any of them.</summary>
internal static class SortedKey
{
    private const string Between = "\0\0", Zero = "\0\u0001";

    /// <summary>The key of <paramref name="texts"/>.</summary>
    public static string Of(params ReadOnlySpan<string?> texts)
    {
        System.Text.StringBuilder key = new();
        foreach (string? text in texts)
        {
            key.Append(text?.Replace("\0", Zero, StringComparison.Ordinal)).Append(Between);
        }

        return key.ToString();
    }
}
