namespace OfflineKit.Host.Requests;

/// <summary>What a parameter can do to a verdict.</summary>
internal enum ParameterKind
{
    /// <summary>It demands more, or says what the files cannot say themselves; nothing is trusted because of it.</summary>
    Narrows,

    /// <summary>It accepts what is refused without it. It may stay unused.</summary>
    Permits,

    /// <summary>It names somebody to trust. It may stay unused.</summary>
    Trusts,

    /// <summary>It names somebody to trust, and demands to be used: a layout that has no use for it is refused.</summary>
    Requires,
}
