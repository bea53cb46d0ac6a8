namespace OfflineKit.Campaign.Changes;

/// <summary>Every change of the parts that a file has: lines, members, elements, packets, blocks, and what it holds in base64.</summary>
internal static class StructuralChanges
{
    /// <summary>The deepest base64 in base64 that is looked into.</summary>
    public const int Depth = 3;

    /// <summary>All of them, in one order.</summary>
    public static IEnumerable<Change> Of(byte[] file, int depth = Depth) =>
        (depth == Depth ? LineChanges.Of(file) : [])
            .Concat(JsonChanges.Of(file, depth)).Concat(PemChanges.Of(file, depth)).Concat(DerChanges.Of(file)).Concat(PacketChanges.Of(file)).Concat(ArchiveChanges.Of(file))
            .Where(change => !change.Content.AsSpan().SequenceEqual(file));
}
