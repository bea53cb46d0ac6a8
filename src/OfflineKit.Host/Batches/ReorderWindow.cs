namespace OfflineKit.Host.Batches;

/// <summary>What there is for whoever wants the next result.</summary>
internal enum NextResult
{
    /// <summary>A result.</summary>
    Ready,

    /// <summary>None yet, and none for a while: what is held back should be let go.</summary>
    Idle,

    /// <summary>There will be no more.</summary>
    End,
}

/// <summary>Hands work to any number of threads and gives the results back in the order of the input.</summary>
/// <remarks>
/// Memory stays flat: nobody gets an entry that lies more than the window's width ahead of the oldest one without a result. The input is read by one thread
/// at a time and outside the lock of the results: it may wait for a writer as long as it likes, and nobody who wants a result waits with it.
/// </remarks>
internal sealed class ReorderWindow<TEntry, TResult>(IEnumerator<TEntry> entries, int width)
{
    private const int Patience = 50;
    private readonly Lock _input = new();
    private readonly object _gate = new();
    private readonly Dictionary<long, TResult> _ready = [];
    private long _taken, _given;
    private bool _ended;
    private Exception? _fault;

    /// <summary>Does <paramref name="work"/> on entries until there are none.</summary>
    public void Work(Func<TEntry, TResult> work)
    {
        while (Take(out long number, out TEntry? entry))
        {
            TResult result = work(entry!);
            lock (_gate)
            {
                _ready.Add(number, result);
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The next result in the order of the input; waits for it, but not for long.</summary>
    /// <exception cref="BrokenListException">The input could not be read to its end.</exception>
    public NextResult Next(out TResult? result)
    {
        lock (_gate)
        {
            while (!_ready.Remove(_given, out result))
            {
                if (_ended && _given == _taken)
                {
                    return _fault is null ? NextResult.End : throw new BrokenListException(_fault);
                }

                if (!Monitor.Wait(_gate, Patience))
                {
                    return NextResult.Idle;
                }
            }

            _given++;
            Monitor.PulseAll(_gate);
            return NextResult.Ready;
        }
    }

    /// <summary>Nothing more is handed out, and <see cref="Next"/> gives what was handed out already.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool Take(out long number, out TEntry? entry)
    {
        lock (_input)
        {
            (number, entry) = (-1, default);
            if (!WaitForRoom() || !MoveNext())
            {
                return false;
            }

            lock (_gate)
            {
                if (_ended)
                {
                    return false;
                }

                (number, entry) = (_taken++, entries.Current);
                return true;
            }
        }
    }

    private bool WaitForRoom()
    {
        lock (_gate)
        {
            while (!_ended && _taken - _given >= width)
            {
                Monitor.Wait(_gate);
            }

            return !_ended;
        }
    }

    private bool MoveNext()
    {
        try
        {
            if (entries.MoveNext())
            {
                return true;
            }
        }
        catch (Exception fault) when (fault is UsageException or IOException or UnauthorizedAccessException)
        {
            _fault = fault;
        }

        Stop();
        return false;
    }
}

/// <summary>The list of a batch cannot be read to its end; what was read before it has results.</summary>
internal sealed class BrokenListException(Exception fault) : Exception(fault.Message, fault);
