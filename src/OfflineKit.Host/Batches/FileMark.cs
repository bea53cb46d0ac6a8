using OfflineKit.Encoding;
using OfflineKit.FileSystem;

namespace OfflineKit.Host.Batches;

/// <summary>By what a file is known again without reading it: its size and time of change.</summary>
/// <param name="Path">The file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">UTC, to 100 nanoseconds.</param>
internal sealed record FileMark(string Path, long Size, string Modified)
{
    /// <summary>The mark of <paramref name="path"/> now; null when there is no such file.</summary>
    public static FileMark? Of(string path)
    {
        // Of a link that is the file that it leads to.
        string final = Links.Final(path);
        FileInfo file = new(final);
        return FileStatus.Of(final) == FileType.File ? new FileMark(path, file.Length, UtcText.Ticks(new DateTimeOffset(file.LastWriteTimeUtc))) : null;
    }
}
