namespace OfflineKit.Exports;

/// <summary>What a mirror bundle's signature means, which covers the base64 text of the payload and not the payload's type.</summary>
internal enum MirrorRule
{
    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>It is accepted, with a warning.</summary>
    AcceptPayloadText,
}
