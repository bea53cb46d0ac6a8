namespace OfflineKit.Trust;

/// <summary>What a Sigstore instance promises for every certificate bundle, and what is therefore demanded.</summary>
/// <remarks>
/// Chosen by the trusted root, never by the bundle, and never by what a root lacks: a root without logs does not become a root that needs none.
/// Source: docs/spec/sigstore.md §13.
/// </remarks>
internal enum InstanceProfile
{
    /// <summary>One SCT, one log entry, one trusted time.</summary>
    PublicGood,

    /// <summary>One RFC 3161 time; the instance runs neither transparency log nor CT log (GitHub's private instance).</summary>
    TimestampOnly,
}
