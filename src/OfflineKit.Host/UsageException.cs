namespace OfflineKit.Host;

/// <summary>Nothing could be decided because of how the program was called; shown as <c>error:</c> and <c>hint:</c>.</summary>
internal class UsageException(string message, string? hint = null) : Exception(message)
{
    /// <summary>What to do instead, one sentence.</summary>
    public string? Hint { get; } = hint;
}
