namespace OfflineKit.Host.Batches;

/// <summary>The files of a folder that a batch asks about.</summary>
internal static class SignedFiles
{
    private static readonly string[] Suffixes = [.. KnownFormats.All.SelectMany(format => format.SignatureSuffixes).Distinct(StringComparer.Ordinal)];

    /// <summary>Every file in and below <paramref name="folder"/> but the signatures that lie next to what they sign, folder by folder in ordinal order.</summary>
    /// <remarks>Links to folders are not followed: they may lead in a circle, or out of the tree.</remarks>
    public static IEnumerable<string> Below(string folder)
    {
        string[] files = Directory.GetFiles(folder);
        Array.Sort(files, StringComparer.Ordinal);
        HashSet<string> names = new(files, StringComparer.Ordinal);
        foreach (string file in files.Where(file => !IsSignatureOfAnother(file, names)))
        {
            yield return file;
        }

        string[] folders = Directory.GetDirectories(folder);
        Array.Sort(folders, StringComparer.Ordinal);
        foreach (string file in folders.Where(child => new DirectoryInfo(child).LinkTarget is null).SelectMany(Below))
        {
            yield return file;
        }
    }

    private static bool IsSignatureOfAnother(string file, HashSet<string> names) =>
        Array.Exists(Suffixes, suffix => file.EndsWith(suffix, StringComparison.Ordinal) && names.Contains(file[..^suffix.Length]));
}
