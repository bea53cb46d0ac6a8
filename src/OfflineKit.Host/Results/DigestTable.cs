using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace OfflineKit.Host.Results;

/// <summary>What belongs to each of any number of digests, in memory that does not grow with them: a table in a scratch file once it is large.</summary>
/// <remarks>
/// Open addressing, at most half full, by the leading bits of the digest, so that a larger table has the same order. Where no scratch file can be made it stays in memory.
/// For one thread at a time. Two different contents have one digest with a chance of one to 2^128: see <see cref="LineDigest"/>.
/// </remarks>
/// <param name="valueSize">Bytes that belong to a digest; 0: it is a set.</param>
internal sealed class DigestTable(int valueSize = 0) : IDisposable
{
    private const int FirstBits = 10;
    private readonly byte[] _slot = new byte[Unsafe.SizeOf<UInt128>() + valueSize];
    private int _bits = FirstBits;
    private SlotStore _store = SlotStore.Of(1 << FirstBits, Unsafe.SizeOf<UInt128>() + valueSize);

    /// <summary>How many digests there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds <paramref name="digest"/> with <paramref name="value"/>.</summary>
    /// <returns>False when it is there already, with whatever value.</returns>
    public bool Add(UInt128 digest, ReadOnlySpan<byte> value = default)
    {
        if (2 * Count >= 1L << _bits)
        {
            Grow();
        }

        long place = PlaceOf(Key(digest), out bool isThere);
        if (isThere)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt128BigEndian(_slot, Key(digest));
        value.CopyTo(_slot.AsSpan(Unsafe.SizeOf<UInt128>()));
        _store.Write(place, _slot);
        Count++;
        return true;
    }

    /// <summary>Copies what belongs to <paramref name="digest"/> into <paramref name="value"/>.</summary>
    /// <returns>False when it is not there.</returns>
    public bool Find(UInt128 digest, Span<byte> value)
    {
        PlaceOf(Key(digest), out bool isThere);
        _slot.AsSpan(Unsafe.SizeOf<UInt128>()).CopyTo(value);
        return isThere;
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    // An empty slot is all zeros.
    private static UInt128 Key(UInt128 digest) => digest == UInt128.Zero ? UInt128.One : digest;

    // The slot that holds the key, or the free one where it belongs; what it holds is in _slot then.
    private long PlaceOf(UInt128 key, out bool isThere)
    {
        for (long place = (long)(key >> (128 - _bits)); ; place = (place + 1) & ((1L << _bits) - 1))
        {
            _store.Read(place, _slot);
            UInt128 there = BinaryPrimitives.ReadUInt128BigEndian(_slot);
            isThere = there == key;
            if (isThere || there == UInt128.Zero)
            {
                return place;
            }
        }
    }

    private void Grow()
    {
        using SlotStore old = _store;
        byte[] moved = new byte[_slot.Length];
        long slots = 1L << _bits++;
        _store = SlotStore.Of(1L << _bits, _slot.Length);
        for (long place = 0; place < slots; place++)
        {
            old.Read(place, moved);
            UInt128 key = BinaryPrimitives.ReadUInt128BigEndian(moved);
            if (key != UInt128.Zero)
            {
                _store.Write(PlaceOf(key, out _), moved);
            }
        }
    }
}
