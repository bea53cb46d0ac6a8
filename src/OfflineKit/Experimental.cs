namespace OfflineKit;

/// <summary>Formats and layouts whose definition is not public, or only in part: we read them by a profile of our own, and nobody shall take that for the original.</summary>
internal static class Experimental
{
    /// <summary>The word by which tables and reports mark them.</summary>
    public const string Word = "experimental";

    /// <summary>What a report says of one.</summary>
    /// <param name="title">The format or layout.</param>
    /// <param name="open">What is not published, and what we do instead.</param>
    public static string Note(string title, string open) => $"{Word}: {title}: {open}";
}
