using OfflineKit.Encoding;

namespace OfflineKit;

/// <summary>One envelope of a collection, or why it cannot be read.</summary>
/// <param name="Name">How the report calls it: its line, its place, its kind.</param>
/// <param name="Envelope">The parsed envelope.</param>
internal sealed record CollectionMember(string Name, Result<Envelope> Envelope)
{
    /// <summary>It can never answer the demand for an identity: it is judged by the pinned keys alone, and never speaks for the collection.</summary>
    public bool IsBesideDemand { get; init; }
}
