namespace OfflineKit.Exports;

/// <summary>What a file means that no signed list names.</summary>
internal enum UnlistedRule
{
    /// <summary>The export is refused.</summary>
    Refuse,

    /// <summary>It is noted; nobody signed it.</summary>
    Note,

    /// <summary>Beside the list of a plain folder it is told apart, for whoever judges it by itself; in every other layout the export is refused.</summary>
    TellApart,
}
