using OfflineKit.Archives;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>Reads an export once and lists what is in it.</summary>
internal static class ExportSource
{
    /// <summary>The inventory of <paramref name="folder"/>, read by <paramref name="readers"/> threads.</summary>
    /// <exception cref="IOException">Something cannot be read: nothing can be decided.</exception>
    public static Result<ExportInventory> Folder(string folder, int readers) =>
        Result.Parse(ArchiveReasons.Malformed, () => FolderInventory.Of(folder, readers));

    /// <summary>The inventory of the archive in <paramref name="stream"/>: .tar, .tar.gz, .tar.zst or .zip, told apart by its first bytes.</summary>
    /// <remarks>The stream must be able to seek. What it holds behind the archive's end is refused.</remarks>
    /// <exception cref="IOException">The archive cannot be read: nothing can be decided.</exception>
    public static Result<ExportInventory> Archive(string name, Stream stream) => Result.Parse(ArchiveReasons.Malformed, () =>
    {
        byte[] mark = Decompression.Mark(stream);
        return mark.AsSpan().StartsWith("PK\x03\x04"u8) ? ZipInventory.Of(name, stream) : Tar(name, stream, mark);
    });

    private static ExportInventory Tar(string name, Stream stream, byte[] mark)
    {
        using HashingStream hashing = new(stream);
        using Stream tar = Decompression.Tar(hashing, mark, stream.Length, ExportLimits.Archive);
        ExportInventory inventory = TarInventory.Of(name, tar);
        if (hashing.Length != stream.Length)
        {
            throw new MalformedException(ArchiveReasons.TrailingBytes, $"{stream.Length - hashing.Length} bytes after the compressed archive");
        }

        return inventory.Of(hashing.Finish());
    }
}
