namespace OfflineKit.Exports;

/// <summary>What a version means that is not newer than the newest accepted one.</summary>
internal enum ActivationRule
{
    /// <summary>It is refused.</summary>
    NewerOnly,

    /// <summary>It is accepted: the operator forces it, for a reason that is written down.</summary>
    Forced,
}
