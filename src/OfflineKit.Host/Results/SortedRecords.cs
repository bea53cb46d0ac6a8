using OfflineKit.Files;

namespace OfflineKit.Host.Results;

/// <summary>Something to be known again by a key, and put into the order of the keys.</summary>
/// <param name="Key">Compared ordinally.</param>
/// <param name="Value">What whoever made it wants to read again.</param>
internal sealed record SortedRecord(string Key, byte[] Value);

/// <summary>Any number of records in the order of their keys, in memory that does not grow with them.</summary>
/// <remarks>
/// An external merge sort: what does not fit into memory is written to a scratch file as sorted runs, which are merged as they are read. Records of one key keep the order in which they
/// came. Where no scratch file can be made everything stays in memory.
/// </remarks>
internal sealed class SortedRecords : IDisposable
{
    private const long MostInMemory = 8L << 20;
    private const int Overhead = 120;
    private readonly List<(long Start, long End)> _runs = [];
    private List<SortedRecord> _now = [];
    private long _size, _most = MostInMemory;
    private FileStream? _file;

    /// <summary>Adds <paramref name="record"/>.</summary>
    public void Add(SortedRecord record)
    {
        _now.Add(record);
        _size += Overhead + 2 * record.Key.Length + record.Value.Length;
        if (_size > _most)
        {
            Spill();
        }
    }

    /// <summary>Every record, in order; once.</summary>
    public IEnumerable<SortedRecord> InOrder()
    {
        IEnumerable<SortedRecord> last = Sorted();
        return _runs.Count == 0 ? last : Merged([.. _runs.Select(run => SortedRun.Read(_file!.SafeFileHandle, run.Start, run.End)), last]);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private SortedRecord[] Sorted() => [.. _now.OrderBy(record => record.Key, StringComparer.Ordinal)];

    private void Spill()
    {
        _file ??= ScratchFile.Open();
        if (_file is null)
        {
            _most = long.MaxValue;
            return;
        }

        long start = _file.Position;
        using (BinaryWriter writer = new(_file, System.Text.Encoding.Unicode, leaveOpen: true))
        {
            Array.ForEach(Sorted(), record => SortedRun.Write(writer, record));
        }

        _file.Flush();
        _runs.Add((start, _file.Position));
        _now = [];
        _size = 0;
    }

    // Of equal keys the one of the earlier run comes first.
    private static IEnumerable<SortedRecord> Merged(IEnumerable<SortedRecord>[] runs)
    {
        List<IEnumerator<SortedRecord>> left = [.. runs.Select(run => run.GetEnumerator()).Where(run => run.MoveNext())];
        while (left.Count > 0)
        {
            int least = 0;
            for (int i = 1; i < left.Count; i++)
            {
                least = string.CompareOrdinal(left[i].Current.Key, left[least].Current.Key) < 0 ? i : least;
            }

            yield return left[least].Current;
            if (!left[least].MoveNext())
            {
                left[least].Dispose();
                left.RemoveAt(least);
            }
        }
    }
}
