using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The numbers of a zip entry or directory for which four bytes may be too few (ZIP64), where they are written wide.</summary>
/// <remarks>
/// busybox knows none of them: it seeks to the wide mark as if it were the offset, copies stored content to the end of the archive, and looks for an earlier end record. So they are
/// read only where a number may need them: Python writes them from 2^31 on, others from 2^32 - 1.
/// Source: APPNOTE.TXT 6.3.10 §4.5.3.
/// </remarks>
internal static class ZipWide
{
    /// <summary>What stands in the place of a number that is wide.</summary>
    public const uint Mark = uint.MaxValue;

    /// <summary>One of the <paramref name="numbers"/> is so large that writers use wide ones.</summary>
    public static bool MayNeed(params ReadOnlySpan<long> numbers)
    {
        foreach (long number in numbers)
        {
            if (number > int.MaxValue)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The numbers of a directory's record, of which <paramref name="field"/> holds the wide ones in this order.</summary>
    /// <exception cref="MalformedException">A number is wide that need not be, or the field holds more or less.</exception>
    public static (long Size, long Packed, long Offset) OfRecord(uint size, uint packed, uint offset, ReadOnlySpan<byte> field, string name)
    {
        ZipCursor wide = new(field, $"\"{name}\": zip64 extra field");
        (long, long, long) numbers = (size == Mark ? wide.Int64(ArchiveReasons.TooLarge) : size, Next(packed, ref wide), Next(offset, ref wide));
        bool isNeeded = MayNeed(numbers.Item1, numbers.Item2, numbers.Item3);
        if (!isNeeded && !field.IsEmpty)
        {
            throw new MalformedException(ArchiveReasons.Malformed, $"\"{name}\" has wide numbers (ZIP64) in the directory and needs none: busybox reads it as another entry or leaves it out");
        }

        // Go writes all three where one is wide.
        if (offset != Mark && wide.Left == sizeof(long))
        {
            wide.Require(wide.Int64(), offset, "offset");
        }

        wide.Require(wide.Left, 0, "superfluous bytes");
        return numbers;
    }

    private static long Next(uint number, ref ZipCursor wide) => number == Mark ? wide.Int64() : number;
}
