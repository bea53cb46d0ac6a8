using OfflineKit.Archives;

namespace OfflineKit.Exports;

/// <summary>Lists a tar archive while it streams by.</summary>
internal static class TarInventory
{
    /// <summary>What the unpacked archive in <paramref name="tar"/> holds.</summary>
    /// <exception cref="Encoding.MalformedException">Reasons <c>archive.*</c>.</exception>
    public static ExportInventory Of(string name, Stream tar, EntryReading reading)
    {
        TarReader reader = new(tar, ExportLimits.Archive);
        EntryHasher hasher = new(new ControlBudget(), reading);
        TarContent content = new(reader);
        List<InventoryEntry> entries = [];
        while (reader.Next() is { } entry)
        {
            entries.Add(hasher.Read(entry.Name, content));
        }

        return new ExportInventory(name, ExportContainer.Tar, entries)
        {
            Note = reader.Attributes > 0 ? $"the archive brings {reader.Attributes} extended attributes of files, which nobody signed" : "",
        };
    }

    private sealed class TarContent(TarReader reader) : EntryContent
    {
        public override int Read(Span<byte> buffer) => reader.Read(buffer);
    }
}
