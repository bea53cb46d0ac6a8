namespace OfflineKit.Host;

/// <summary>What a whole run came to; the same three everywhere.</summary>
internal enum Outcome
{
    /// <summary>Everything that was asked about is trusted.</summary>
    Trusted,

    /// <summary>Something is not.</summary>
    NotTrusted,

    /// <summary>Something could not be decided, or nothing was asked.</summary>
    Undecided,
}
