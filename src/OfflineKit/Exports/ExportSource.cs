using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>Reads an export once and lists what is in it.</summary>
internal static class ExportSource
{
    /// <summary>The inventory of <paramref name="folder"/>, read by <paramref name="readers"/> threads.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="readers">How many threads read.</param>
    /// <param name="list">The name of its list, where the caller says it; null: known by its name or its first line.</param>
    /// <exception cref="IOException">Something cannot be read: nothing can be decided.</exception>
    public static Result<ExportInventory> Folder(string folder, int readers, string? list = null) =>
        Result.Parse(ArchiveReasons.Malformed, () => ForItsLists(list, reading => FolderInventory.Of(folder, readers, reading)));

    /// <summary>The inventory of the archive in <paramref name="stream"/>: .tar, .tar.gz, .tar.zst or .zip, told apart by its first bytes.</summary>
    /// <remarks>The stream must be able to seek. What it holds behind the archive's end is refused.</remarks>
    /// <exception cref="IOException">The archive cannot be read: nothing can be decided.</exception>
    public static Result<ExportInventory> Archive(string name, Stream stream, string? list = null) => Result.Parse(ArchiveReasons.Malformed, () => ForItsLists(list, reading =>
    {
        stream.Position = 0;
        byte[] mark = Decompression.Mark(stream);
        return mark.AsSpan().StartsWith("PK\x03\x04"u8) ? ZipInventory.Of(name, stream, reading) : Tar(name, stream, mark, reading);
    }));

    /// <summary>The file in <paramref name="stream"/>, which can seek, begins like an archive; it is at its start again.</summary>
    public static bool IsArchive(Stream stream)
    {
        byte[] mark = Decompression.Mark(stream);
        return mark.AsSpan().StartsWith("PK\x03\x04"u8) || Decompression.IsTar(mark);
    }

    // Which hash functions a list uses is known when it was read. Where it is not SHA-256 everything is read again, and only that second reading counts.
    private static ExportInventory ForItsLists(string? list, Func<EntryReading, ExportInventory> read)
    {
        ExportInventory first = read(new EntryReading(list, []));
        ImmutableArray<DigestAlgorithm> others = ListDocument.OtherAlgorithms(first, list);
        return others.IsEmpty ? first : read(new EntryReading(list, others));
    }

    private static ExportInventory Tar(string name, Stream stream, byte[] mark, EntryReading reading)
    {
        using HashingStream hashing = new(stream);
        using Stream tar = Decompression.Tar(hashing, mark, stream.Length, ExportLimits.Archive);
        ExportInventory inventory = TarInventory.Of(name, tar, reading);
        if (hashing.Length != stream.Length)
        {
            throw new MalformedException(ArchiveReasons.TrailingBytes, $"{stream.Length - hashing.Length} bytes after the compressed archive");
        }

        return inventory.Of(hashing.Finish());
    }
}
