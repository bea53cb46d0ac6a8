namespace OfflineKit.Host.Batches;

/// <summary>What the lines of a list are.</summary>
internal enum ListForm
{
    /// <summary>A path each, whatever it looks like: whoever can make a file can choose its name.</summary>
    Paths,

    /// <summary>A JSON object each: only where the user says so, by an option or by the name of the list.</summary>
    Ndjson,
}
