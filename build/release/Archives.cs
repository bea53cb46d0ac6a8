using System.Formats.Tar;
using System.IO.Compression;

namespace OfflineKit.Release;

/// <summary>Archives whose bytes depend on their files alone: ordinal order, owner 0, one fixed time.</summary>
internal static class Archives
{
    // What zip can say earliest.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A tar archive, compressed by gzip.</summary>
    /// <param name="entries">The files.</param>
    /// <param name="withFolders">Folders have entries of their own, as dpkg wants them.</param>
    public static byte[] TarGz(IEnumerable<ReleaseEntry> entries, bool withFolders = false)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
        using (TarWriter tar = new(gzip, TarEntryFormat.Gnu, leaveOpen: true))
        {
            HashSet<string> made = new(StringComparer.Ordinal);
            foreach (ReleaseEntry entry in InOrder(entries))
            {
                foreach (string folder in withFolders ? Folders(entry.Name).Where(made.Add) : [])
                {
                    tar.WriteEntry(new GnuTarEntry(TarEntryType.Directory, folder + "/") { ModificationTime = Time, Mode = ReleaseEntry.Text("", "").Mode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute });
                }

                using MemoryStream content = new(entry.Content.ToArray());
                tar.WriteEntry(entry.LinkTarget is { } target
                    ? new GnuTarEntry(TarEntryType.SymbolicLink, entry.Name) { LinkName = target, ModificationTime = Time }
                    : new GnuTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = content, Mode = entry.Mode, ModificationTime = Time });
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A zip archive. Links are left out: not every reader of zip has them.</summary>
    public static byte[] Zip(IEnumerable<ReleaseEntry> entries)
    {
        const int RegularFile = 0x8000, UnixShift = 16;
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ReleaseEntry entry in InOrder(entries).Where(entry => entry.LinkTarget is null))
            {
                ZipArchiveEntry file = archive.CreateEntry(entry.Name, CompressionLevel.SmallestSize);
                file.LastWriteTime = Time;
                file.ExternalAttributes = unchecked((int)((uint)(RegularFile | (int)entry.Mode) << UnixShift));
                using Stream target = file.Open();
                target.Write(entry.Content.Span);
            }
        }

        return bytes.ToArray();
    }

    private static IEnumerable<ReleaseEntry> InOrder(IEnumerable<ReleaseEntry> entries) => entries.OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private static IEnumerable<string> Folders(string name) =>
        Enumerable.Range(0, name.Length).Where(at => name[at] == '/' && at > 0).Select(at => name[..at]);
}
