using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>What a demand is held against.</summary>
internal enum HeldAgainst
{
    /// <summary>What each signer vouches for: whoever does not meet it counts for nothing.</summary>
    EachSigner,

    /// <summary>All who count, together: so many of them, or one whom the caller names.</summary>
    AllWhoCount,
}

/// <summary>One demand on the evidence of a proof.</summary>
/// <remarks>A requirement can only refuse: it never adds evidence.</remarks>
internal abstract record Requirement
{
    /// <summary>What it is held against, besides the evidence as a whole.</summary>
    internal abstract HeldAgainst HeldAgainst { get; }

    /// <summary>What is missing, or null when the demand is met.</summary>
    public abstract Finding? Check(ImmutableArray<Evidence> evidence);

    /// <summary>The demand in words, for <c>policy check</c> and reports.</summary>
    public abstract string InWords { get; }
}
