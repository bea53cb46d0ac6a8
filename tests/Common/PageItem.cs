namespace OfflineKit.Testing;

/// <summary>Items of lists on pages that tests write.</summary>
internal static class PageItem
{
    private const int Longest = 160, Width = 110;

    /// <summary>The item <paramref name="text"/>, on several lines where one would be too long to be read.</summary>
    public static string Of(string text)
    {
        string rest = "- " + text, item = "";
        while (rest.Length > (item.Length == 0 ? Longest : Width) && rest.LastIndexOf(' ', Width) is > 2 and int end)
        {
            item += rest[..end] + "\n";
            rest = "  " + rest[(end + 1)..];
        }

        return item + rest + "\n";
    }
}
