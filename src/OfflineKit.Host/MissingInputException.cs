namespace OfflineKit.Host;

/// <summary>A file that was named is not there: nothing to decide.</summary>
internal sealed class MissingInputException(string message, string? hint) : UsageException(message, hint)
{
    /// <summary>The path at which nothing is; null where something else is there.</summary>
    public string? Absent { get; init; }
}
