namespace OfflineKit.Tests.Archives.Differential;

/// <summary>Where a reader by others lacks what an archive needs, and shows it: each stands with its reason, and one that no longer differs fails the test.</summary>
internal static class KnownDifferences
{
    // A name beyond ASCII that no flag marks, with a Unicode field: Python 3.11 takes it for code page 437, busybox and Java for UTF-8. Other letters beyond ASCII, never another
    // name of the export; the report says so.
    private static readonly HashSet<(string Reader, string Archive)> Expected =
    [
        ("Python zipfile", "name-1-1-0"), ("Python zipfile", "name-3-1-0"), ("busybox unzip", "name-2-1-0"), ("busybox unzip", "name-3-1-0"),
    ];

    /// <summary>The reader is known to extract the archive called <paramref name="archive"/> otherwise.</summary>
    public static bool Expects(Extractor extractor, string archive) => Expected.Contains((extractor.Name, archive));
}
