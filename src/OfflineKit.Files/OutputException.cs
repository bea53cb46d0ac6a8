namespace OfflineKit.Files;

/// <summary>Why an output was not written.</summary>
public enum OutputRefusal
{
    /// <summary>Something is there, and nobody said that it may be replaced.</summary>
    Exists,

    /// <summary>What is there is no earlier output of the same kind: another document, a key, a folder, a device.</summary>
    Foreign,

    /// <summary>Another process holds it, and did not let go in time.</summary>
    InUse,

    /// <summary>The document changed while it was worked on.</summary>
    Changed,

    /// <summary>The system refused: no such folder, no room, no permission.</summary>
    Failed,
}

/// <summary>An output was refused: what was there before is there as it was.</summary>
/// <param name="refusal">Why.</param>
/// <param name="message">What was seen, with the path as it was given.</param>
/// <param name="cause">The system's word, where it had one.</param>
public sealed class OutputException(OutputRefusal refusal, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Why.</summary>
    public OutputRefusal Refusal { get; } = refusal;
}
