using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>Reads files of an export one after the other, through one buffer: digest, size, and content where a layout declares the name.</summary>
/// <remarks>One instance serves one thread.</remarks>
internal sealed class EntryHasher(ControlBudget budget)
{
    private readonly byte[] _block = GC.AllocateUninitializedArray<byte>(Limits.ReadBlock);
    private readonly byte[] _digest = new byte[DigestAlgorithm.Sha256.Size()];

    /// <summary>The entry at <paramref name="path"/> with <paramref name="content"/>, which fills a buffer from its start and gives 0 at the end.</summary>
    public InventoryEntry Read(string path, EntryContent content)
    {
        if (MetadataFileNames.IsKept(path))
        {
            byte[] kept = Keep(path, content);
            return new InventoryEntry(new ExportFile(path, kept.Length, Digest.Sha256(kept)), kept.AsMemory(), Nested: null);
        }

        return MetadataFileNames.IsNestedArchive(path) ? Look(path, content) : new InventoryEntry(Hash(path, content), Content: null, Nested: null);
    }

    // A small file is hashed in one call; only a longer one needs a running state.
    private ExportFile Hash(string path, EntryContent content)
    {
        int count = content.Fill(_block);
        if (count < _block.Length)
        {
            OneShotHash.Sha256(_block.AsSpan(0, count), _digest);
            return new ExportFile(path, count, Digest.FromBytes(DigestAlgorithm.Sha256, _digest));
        }

        using Hasher hasher = Hasher.For(DigestAlgorithm.Sha256);
        long size = 0;
        for (; count > 0; count = content.Fill(_block))
        {
            hasher.Append(_block.AsSpan(0, count));
            size += count;
        }

        return new ExportFile(path, size, hasher.Finish());
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
        using HashingStream hashing = new(content);
        using ZstdStream unpacked = new(hashing, ExportLimits.Archive);
        Result<ExportInventory> inside = Result.Parse(ArchiveReasons.Malformed, () => TarInventory.Of(path, unpacked));
        while (hashing.Read(_block) > 0)
        {
        }

        return new InventoryEntry(new ExportFile(path, hashing.Length, hashing.Finish()), Content: null, inside);
    }
}

/// <summary>The content of one entry, wherever it comes from.</summary>
internal abstract class EntryContent
{
    /// <summary>The next bytes; 0 at the end.</summary>
    public abstract int Read(Span<byte> buffer);

    /// <summary>Fills <paramref name="buffer"/> as far as there is content.</summary>
    public int Fill(Span<byte> buffer)
    {
        int filled = 0;
        for (int count = 1; count > 0 && filled < buffer.Length; filled += count)
        {
            count = Read(buffer[filled..]);
        }

        return filled;
    }
}

/// <summary>How much memory the control files of one export may still take; shared by all readers.</summary>
internal sealed class ControlBudget
{
    private long _left = ExportLimits.ControlBytes;

    /// <summary>Takes <paramref name="bytes"/> for the file at <paramref name="path"/>.</summary>
    /// <exception cref="MalformedException">Nothing is left.</exception>
    public void Take(int bytes, string path)
    {
        if (Interlocked.Add(ref _left, -bytes) < 0)
        {
            throw new MalformedException(Reasons.InputTooLarge, $"lists and signatures are larger than {ExportLimits.ControlBytes} bytes together, the last one is \"{path}\"");
        }
    }
}
