using OfflineKit.Archives;

namespace OfflineKit.Exports;

/// <summary>Lists a zip archive: its directory first, then its entries while they stream by.</summary>
internal static class ZipInventory
{
    private const int BufferSize = 64 * 1024;

    /// <summary>What the archive in <paramref name="zip"/> holds.</summary>
    /// <exception cref="Encoding.MalformedException">Reasons <c>archive.*</c>.</exception>
    public static ExportInventory Of(string name, Stream zip, EntryReading reading)
    {
        ZipDirectory directory = ZipDirectory.Read(zip);
        zip.Position = 0;
        using HashingStream hashing = new(new FirstBytes(zip, directory.Offset));
        using BufferedStream buffered = new(hashing, BufferSize);
        using ZipReader reader = new(buffered, directory, ExportLimits.Archive);
        EntryHasher hasher = new(new ControlBudget(), reading);
        ZipContent content = new(reader);
        List<InventoryEntry> entries = [];
        while (reader.Next() is { } entry)
        {
            entries.Add(hasher.Read(entry.Name, content));
        }

        // The very bytes that were read as directory are hashed.
        return new ExportInventory(name, ExportContainer.Zip, entries) { Note = Note(reader) }.Of(hashing.Finish(directory.Bytes));
    }

    private static string Note(ZipReader read) => string.Join("; ", new[]
    {
        read.FieldNames == 0 ? "" : $"{read.FieldNames} names beyond ASCII stand in Unicode fields alone: Python and other readers without those show other letters",
        read.WideEntries == 0 ? "" : $"{read.WideEntries} entries need wide numbers (ZIP64), which busybox does not know: it extracts something else",
    }.Where(note => note.Length > 0));

    private sealed class ZipContent(ZipReader reader) : EntryContent
    {
        public override int Read(Span<byte> buffer) => reader.Read(buffer);
    }

    private sealed class FirstBytes(Stream stream, long count) : EntryContent
    {
        private long _left = count;

        public override int Read(Span<byte> buffer)
        {
            int read = stream.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
            _left -= read;
            return read;
        }
    }
}
