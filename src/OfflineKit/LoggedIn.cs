using OfflineKit.Trust;

namespace OfflineKit;

/// <summary>The signature is recorded in a transparency log.</summary>
public sealed record LoggedIn : Evidence
{
    private LoggedIn(TrustedLog log, long index, long treeSize) => (Log, Index, TreeSize, Root) = (log.Name, index, treeSize, log.Root);

    /// <summary>The log's name.</summary>
    public string Log { get; }

    /// <summary>Leaf index, counted from 0.</summary>
    public long Index { get; }

    /// <summary>Leaves of the tree that the signed checkpoint describes; 0 where only a promise was verified.</summary>
    public long TreeSize { get; }

    /// <summary>The trusted root that holds the log's key.</summary>
    public string Root { get; }

    /// <summary>The evidence that an entry is in <paramref name="log"/>, whose checkpoint or promise was verified with its key.</summary>
    internal static LoggedIn Prove(TrustedLog log, long index, long treeSize) => new(log, index, treeSize);
}
