namespace OfflineKit.Host;

/// <summary>How the verdict is written to standard output.</summary>
internal enum OutputForm
{
    /// <summary>For people: the verdict, who signed, and why not.</summary>
    Text,

    /// <summary>The same with every digest, check and root.</summary>
    FullText,

    /// <summary>One object.</summary>
    Json,

    /// <summary>One object a line.</summary>
    Ndjson,
}
