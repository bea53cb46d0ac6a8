using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>Reads files of an export one after the other, through one buffer: digests, size, and content where a layout declares the name.</summary>
/// <remarks>One instance serves one thread.</remarks>
internal sealed class EntryHasher(ControlBudget budget, EntryReading reading)
{
    private readonly byte[] _block = GC.AllocateUninitializedArray<byte>(Limits.ReadBlock);
    private readonly byte[] _digest = new byte[DigestAlgorithm.Sha256.Size()];

    /// <summary>The entry at <paramref name="path"/> with <paramref name="content"/>, which fills a buffer from its start and gives 0 at the end.</summary>
    public InventoryEntry Read(string path, EntryContent content)
    {
        if (reading.Keeps(path))
        {
            return Kept(path, Keep(path, content));
        }

        if (MetadataFileNames.IsNestedArchive(path))
        {
            return Look(path, content);
        }

        int count = content.Fill(_block);
        return count < _block.Length && IsListOrSignature(path, _block.AsSpan(0, count)) && budget.TryTake(count)
            ? Kept(path, _block[..count])
            : new InventoryEntry(Hash(path, content, count), Content: null, Nested: null);
    }

    // Projects call their lists as they like: what is small and begins like one is kept, and what may sign it.
    private static bool IsListOrSignature(string path, ReadOnlySpan<byte> content) =>
        path.Count('/') <= 1 && (MetadataFileNames.IsSignature(path) || ListDocument.MayBe(content));

    private InventoryEntry Kept(string path, byte[] content) => new(
        new ExportFile(path, content.Length, Digest.Sha256(content)) { Others = [.. reading.Others.Select(algorithm => Digest.Of(algorithm, content))] }, content.AsMemory(), Nested: null);

    // A small file is hashed in one call; only a longer one needs a running state.
    private ExportFile Hash(string path, EntryContent content, int count)
    {
        if (count < _block.Length)
        {
            OneShotHash.Sha256(_block.AsSpan(0, count), _digest);
            return new ExportFile(path, count, Digest.FromBytes(DigestAlgorithm.Sha256, _digest)) { Others = [.. reading.Others.Select(algorithm => Digest.Of(algorithm, _block.AsSpan(0, count)))] };
        }

        using HashingStream hashing = new(content, reading.Others);
        hashing.Append(_block);
        while (hashing.Read(_block) > 0)
        {
        }

        return hashing.File(path);
    }

    private byte[] Keep(string path, EntryContent content)
    {
        using MemoryStream kept = new();
        for (int count = content.Fill(_block); count > 0; count = content.Fill(_block))
        {
            budget.Take(count, path);
            kept.Write(_block, 0, count);
        }

        return kept.ToArray();
    }

    // The archive is listed from the very bytes that are hashed; what its reader leaves is hashed as well.
    private InventoryEntry Look(string path, EntryContent content)
    {
        using HashingStream hashing = new(content, reading.Others);
        using ZstdStream unpacked = new(hashing, ExportLimits.Archive);
        Result<ExportInventory> inside = Result.Parse(ArchiveReasons.Malformed, () => TarInventory.Of(path, unpacked, EntryReading.Usual));
        while (hashing.Read(_block) > 0)
        {
        }

        return new InventoryEntry(hashing.File(path), Content: null, inside);
    }
}
