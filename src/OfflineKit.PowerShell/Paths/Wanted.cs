namespace OfflineKit.PowerShell;

/// <summary>What a path may lead to.</summary>
internal enum Wanted
{
    /// <summary>Files alone.</summary>
    File,

    /// <summary>Files and folders.</summary>
    FileOrFolder,

    /// <summary>Files, and all files below folders.</summary>
    FileOrTree,

    /// <summary>Any name, whether something is there or not.</summary>
    Anything,
}
