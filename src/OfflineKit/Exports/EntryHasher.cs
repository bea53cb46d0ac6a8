using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>What is read of every file of an export.</summary>
/// <param name="List">The list that the caller names, which is kept with its signatures whatever it is called; null: none.</param>
/// <param name="Others">The hash functions besides SHA-256.</param>
internal sealed record EntryReading(string? List, ImmutableArray<DigestAlgorithm> Others)
{
    /// <summary>SHA-256, and the files that some layout declares.</summary>
    public static EntryReading Usual { get; } = new(List: null, []);

    /// <summary>The bytes of the file at <paramref name="path"/> are kept.</summary>
    public bool Keeps(string path) => MetadataFileNames.IsKept(path) || (List is not null && (IsNamed(path) || MetadataFileNames.SignedBy(path).Any(IsNamed)));

    // At the top, or in the one folder around everything.
    private bool IsNamed(string path) => path == List || (path.Count('/') == 1 && path.EndsWith("/" + List, StringComparison.Ordinal));
}

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

    /// <summary>Takes <paramref name="bytes"/> for a file that may be a list, as long as that leaves half for those that are known to be one.</summary>
    public bool TryTake(int bytes)
    {
        bool isTaken = Interlocked.Add(ref _left, -bytes) >= ExportLimits.ControlBytes / 2;
        Interlocked.Add(ref _left, isTaken ? 0 : bytes);
        return isTaken;
    }

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
