namespace OfflineKit.Campaign.Changes;

/// <summary>All changes of one file, of which as many are made as there is time for.</summary>
internal sealed class ChangedFile(byte[] content)
{
    /// <summary>The largest file whose parts are looked at; of larger ones bytes are changed.</summary>
    public const int LargestWithParts = 256 * 1024;

    // They are made anew each time that they are gone through: all of a large file's together would not fit into memory.
    private readonly Lazy<int> _structuralCount = new(() => Structural(content).Count());

    /// <summary>The file as it is.</summary>
    public byte[] Content => content;

    /// <summary>How many changes there are.</summary>
    public long Count => _structuralCount.Value + ByteChanges.CountOf(content.Length);

    /// <summary><paramref name="wanted"/> of them, spread evenly over the kinds and the file, or all; which ones, <paramref name="seed"/> decides.</summary>
    public IEnumerable<Change> Some(long wanted, ulong seed)
    {
        long structural = Math.Min(_structuralCount.Value, Math.Max(wanted / 2, wanted - ByteChanges.CountOf(content.Length)));
        HashSet<long> chosen = [.. Spread(_structuralCount.Value, structural, seed)];
        return Structural(content).Where((_, number) => chosen.Contains(number))
            .Concat(Spread(ByteChanges.CountOf(content.Length), wanted - structural, seed).Select(number => ByteChanges.Of(content, number)).OfType<Change>());
    }

    private static IEnumerable<Change> Structural(byte[] content) => content.Length > LargestWithParts ? [] : StructuralChanges.Of(content);

    // As many numbers below count, each once and in one order: multiples of a step that has no divisor in common with count.
    private static IEnumerable<long> Spread(long count, long wanted, ulong seed)
    {
        if (count == 0)
        {
            yield break;
        }

        long step = Math.Max(1, (long)(count * 0.6180339887)), start = (long)(seed % (ulong)count);
        while (Divisor(step, count) != 1)
        {
            step++;
        }

        for (long number = 0; number < Math.Min(wanted, count); number++)
        {
            yield return (long)(((UInt128)(ulong)start + ((UInt128)(ulong)number * (ulong)step)) % (ulong)count);
        }
    }

    private static long Divisor(long left, long right) => right == 0 ? left : Divisor(right, left % right);
}
