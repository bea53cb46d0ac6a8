using OfflineKit.Files;

namespace OfflineKit.Host.Results;

/// <summary>Numbered slots of one size, all zeros at first: in memory while they are few, in a scratch file when they are many.</summary>
internal sealed class SlotStore : IDisposable
{
    private const long MostInMemory = 4L << 20;
    private readonly int _size;
    private readonly byte[] _memory;
    private readonly FileStream? _file;

    private SlotStore(int size, byte[] memory, FileStream? file) => (_size, _memory, _file) = (size, memory, file);

    /// <summary><paramref name="count"/> slots of <paramref name="size"/> bytes.</summary>
    public static SlotStore Of(long count, int size)
    {
        long bytes = count * size;
        FileStream? file = bytes > MostInMemory ? ScratchFile.Open(bytes) : null;
        file?.SetLength(bytes);
        return file is null && bytes > Array.MaxLength
            ? throw new IOException($"there is no room for a scratch file of {bytes >> 20} MiB where the system keeps temporary files (TMPDIR)")
            : new SlotStore(size, file is null ? new byte[bytes] : [], file);
    }

    /// <summary>Reads slot <paramref name="number"/>.</summary>
    public void Read(long number, Span<byte> slot)
    {
        if (_file is null)
        {
            _memory.AsSpan((int)(number * _size), _size).CopyTo(slot);
            return;
        }

        if (RandomAccess.Read(_file.SafeFileHandle, slot, number * _size) != _size)
        {
            throw new IOException("a scratch file was cut short");
        }
    }

    /// <summary>Writes slot <paramref name="number"/>.</summary>
    public void Write(long number, ReadOnlySpan<byte> slot)
    {
        if (_file is null)
        {
            slot.CopyTo(_memory.AsSpan((int)(number * _size), _size));
            return;
        }

        RandomAccess.Write(_file.SafeFileHandle, slot, number * _size);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
