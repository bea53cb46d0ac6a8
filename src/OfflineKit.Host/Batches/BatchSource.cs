namespace OfflineKit.Host.Batches;

/// <summary>Where the entries of a batch come from.</summary>
/// <param name="List">The list; null: <paramref name="Paths"/>.</param>
/// <param name="Form">What its lines are; null: told by its name.</param>
/// <param name="Paths">The files, where there is no list.</param>
/// <param name="Recurse">How a folder stands for its files; null: it does not.</param>
internal sealed record BatchSource(string? List, ListForm? Form, string[] Paths, SignedFiles? Recurse)
{
    /// <summary>What the lines of the list are: objects where it was said so, or its name ends in <c>.ndjson</c> or <c>.jsonl</c>.</summary>
    public ListForm LineForm => Form ?? (List is { } name && (name.EndsWith(".ndjson", StringComparison.Ordinal) || name.EndsWith(".jsonl", StringComparison.Ordinal)) ? ListForm.Ndjson : ListForm.Paths);
}
