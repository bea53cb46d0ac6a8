namespace OfflineKit.Exports;

/// <summary>What a listed file means that is not there.</summary>
internal enum MissingRule
{
    /// <summary>The export is refused.</summary>
    Refuse,

    /// <summary>It is noted; those that are there must fit, and at least one is.</summary>
    Note,

    /// <summary>It was not asked about: one file of the list is.</summary>
    PassOver,
}
