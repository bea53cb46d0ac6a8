namespace OfflineKit.Exports;

/// <summary>An archive that was asked about as a file, and is trusted for what lies in it: what nobody signed around that may not make another file of it to somebody else.</summary>
/// <remarks>
/// The name of a pax header, the owner of an entry and the comment of a zip are words of whoever packed it. A shell or a browser reads nothing else, so the archive must be called like one.
/// Where the archive's own bytes are signed there are no such words, and its name says nothing. Source: docs/spec/documents.md.
/// </remarks>
internal static class ArchiveItself
{
    /// <summary><paramref name="verdict"/> on what lies in the archive, as a verdict on the file that is called <paramref name="name"/>.</summary>
    public static Verdict Judge(string name, Verdict verdict) =>
        verdict.IsTrusted && !IsCalledArchive(WithoutNumber(name))
            ? verdict.But(ExportReasons.ArchiveName.Because($"{name}, wanted a name that ends in .tar .tar.gz .tgz .tar.zst .zip or the like"))
            : verdict;

    // The forms that are read here, and what people call a tar or a zip of a kind of their own. No static array: every program would make it when it starts.
    private static bool IsCalledArchive(string name) => Path.GetExtension(name).ToUpperInvariant() is
        ".TAR" or ".GZ" or ".TGZ" or ".ZST" or ".TZST" or ".ZIP" or ".KIT" or ".BUNDLE" or ".OCI" or ".JAR" or ".WAR" or ".EAR" or ".AAR" or ".APK" or ".WHL" or ".EGG" or ".CONDA"
        or ".CRATE" or ".GEM" or ".NUPKG" or ".SNUPKG" or ".VSIX" or ".XPI";

    // A program that fetches one file twice numbers them: kit.tar.gz.1.
    private static string WithoutNumber(string name)
    {
        string front = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return front.Length < name.Length && front.EndsWith('.') ? front[..^1] : name;
    }
}
