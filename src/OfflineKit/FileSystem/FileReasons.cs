using System.Collections.Immutable;

namespace OfflineKit.FileSystem;

/// <summary>Why a file is refused for its name.</summary>
internal static class FileReasons
{
    public static readonly Reason NameNotUtf8 = new(
        "file.name-not-utf8",
        "a name is not UTF-8: it cannot be said exactly, and another file could be taken for it",
        "rename the file, or copy it again with a name in UTF-8; `ls -b` shows the bytes");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [NameNotUtf8];
}
