using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Host.State;

/// <summary>A trust bundle that the user named: a folder, a <c>.tar</c> or a <c>.tar.zst</c>.</summary>
internal static class Bundle
{
    /// <summary>Its files, or the finding that says why there are none.</summary>
    public static Result<ITufFiles> Open(string path)
    {
        if (FileStatus.IsFolder(path))
        {
            Result<FolderFiles> folder = FolderFiles.Open(path);
            return new Result<ITufFiles>(folder.Value, folder.Finding);
        }

        using Stream stream = path == "-"
            ? throw new UsageException("a bundle is not read from standard input", "name a folder, a .tar or a .tar.zst")
            : InputFile.Open(path, "trust bundle");
        Result<ArchiveFiles> archive = ArchiveFiles.Open(stream);
        return new Result<ITufFiles>(archive.Value, archive.Finding);
    }

    /// <summary>The last part of its path, for the record.</summary>
    public static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
