using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.State;

/// <summary>A trust bundle that the user named: a folder, a <c>.tar</c> or a <c>.tar.zst</c>.</summary>
internal static class Bundle
{
    /// <summary>Its files, or the finding that says why there are none.</summary>
    public static Parsed<ITufFiles> Open(string path)
    {
        if (Directory.Exists(path))
        {
            Parsed<FolderFiles> folder = FolderFiles.Open(path);
            return new Parsed<ITufFiles>(folder.Value, folder.Refusal);
        }

        using Stream stream = path == "-"
            ? throw new UsageException("a bundle is not read from standard input", "name a folder, a .tar or a .tar.zst")
            : InputFile.Open(path, "trust bundle");
        Parsed<ArchiveFiles> archive = ArchiveFiles.Open(stream);
        return new Parsed<ITufFiles>(archive.Value, archive.Refusal);
    }

    /// <summary>The last part of its path, for the record.</summary>
    public static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
