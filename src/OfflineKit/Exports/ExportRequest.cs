using OfflineKit.Policy;

namespace OfflineKit.Exports;

/// <summary>What a file means that no signed list names.</summary>
public enum UnlistedRule
{
    /// <summary>The export is refused.</summary>
    Refuse,

    /// <summary>It is noted; nobody signed it.</summary>
    Note,
}

/// <summary>One question: is this whole export what a trusted signer sent?</summary>
/// <param name="Inventory">What is in it.</param>
/// <param name="Context">Trust, expectations and time.</param>
/// <param name="Policy">What is demanded of every signature.</param>
public sealed record ExportRequest(ExportInventory Inventory, VerificationContext Context, SignaturePolicy Policy)
{
    /// <summary>The layout, where the caller names it; otherwise it is recognised by its mark.</summary>
    public ExportLayout? Layout { get; init; }

    /// <summary>What a file means that no signed list names.</summary>
    public UnlistedRule Unlisted { get; init; }
}
