using OfflineKit.Archives;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>Reads an export once and lists what is in it.</summary>
public static class ExportSource
{
    private const int UstarAt = 257;

    /// <summary>The inventory of <paramref name="folder"/>, read by <paramref name="readers"/> threads.</summary>
    /// <exception cref="IOException">Something cannot be read: nothing can be decided.</exception>
    public static Result<ExportInventory> Folder(string folder, int readers) =>
        Result.Parse(ArchiveReasons.Malformed, () => FolderInventory.Of(folder, readers));

    /// <summary>The inventory of the archive in <paramref name="stream"/>: .tar, .tar.gz, .tar.zst or .zip, told apart by its first bytes.</summary>
    /// <remarks>The stream must be able to seek. What it holds behind the archive's end is refused.</remarks>
    /// <exception cref="IOException">The archive cannot be read: nothing can be decided.</exception>
    public static Result<ExportInventory> Archive(string name, Stream stream) => Result.Parse(ArchiveReasons.Malformed, () =>
    {
        byte[] magic = new byte[UstarAt + 5];
        int length = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return magic.AsSpan(0, length).StartsWith("PK\x03\x04"u8) ? ZipInventory.Of(name, stream) : Tar(name, stream, magic);
    });

    private static ExportInventory Tar(string name, Stream stream, byte[] magic)
    {
        using HashingStream hashing = new(stream);
        using Stream tar = ZstdStream.LooksLike(magic) ? new ZstdStream(hashing, ExportLimits.Archive)
            : magic.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? new GzipMember(hashing, stream.Length)
            : magic.AsSpan(UstarAt).SequenceEqual("ustar"u8) ? hashing
            : throw new MalformedException(ArchiveReasons.Malformed, "neither .tar, .tar.gz, .tar.zst nor .zip by its first bytes");
        ExportInventory inventory = TarInventory.Of(name, tar);
        if (hashing.Length != stream.Length)
        {
            throw new MalformedException(ArchiveReasons.TrailingBytes, $"{stream.Length - hashing.Length} bytes after the compressed archive");
        }

        return inventory.Of(hashing.Finish());
    }
}
