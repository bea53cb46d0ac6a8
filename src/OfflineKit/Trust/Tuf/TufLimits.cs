namespace OfflineKit.Trust.Tuf;

/// <summary>The bounds on a TUF repository. Units: bytes unless the name says otherwise.</summary>
/// <remarks>Without them an endless-data attack would fill memory. The largest real files: root 9 KiB, targets 8 KiB.</remarks>
internal static class TufLimits
{
    /// <summary>One root.json.</summary>
    public const int Root = 512 * 1024;

    /// <summary>timestamp.json.</summary>
    public const int Timestamp = 16 * 1024;

    /// <summary>snapshot.json.</summary>
    public const int Snapshot = 2 * 1024 * 1024;

    /// <summary>One targets file, delegated ones too.</summary>
    public const int Targets = 5 * 1024 * 1024;

    /// <summary>One target: keys, certificates, lists, policies.</summary>
    public const int Target = 16 * 1024 * 1024;

    /// <summary>All files of a bundle together.</summary>
    public const int Bundle = 128 * 1024 * 1024;

    /// <summary>Files of a bundle (count).</summary>
    public const int Files = 8192;

    /// <summary>Root versions that one walk takes (count).</summary>
    public const int RootVersions = 1024;

    /// <summary>Signatures of one file (count).</summary>
    public const int Signatures = 64;

    /// <summary>Delegated roles (count) and how deep they may nest (levels).</summary>
    public const int DelegatedRoles = 64, DelegationDepth = 8;

    /// <summary>Characters of a path pattern or a target's path.</summary>
    public const int PathLength = 512;
}
