namespace OfflineKit.Host.Batches;

/// <summary>Hands work to any number of threads and gives the results back in the order of the input.</summary>
/// <remarks>
/// Memory stays flat: nobody gets an entry that lies more than the window's width ahead of the oldest one without a result.
/// The entries are pulled under the lock, so that the input needs no thread of its own.
/// </remarks>
internal sealed class ReorderWindow<TEntry, TResult>(IEnumerator<TEntry> entries, int width)
{
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

    /// <summary>The next result in the order of the input.</summary>
    /// <returns>False when there are no more.</returns>
    /// <exception cref="BrokenListException">The input could not be read to its end.</exception>
    public bool Next(out TResult? result)
    {
        lock (_gate)
        {
            while (!_ready.Remove(_given, out result))
            {
                if (_ended && _given == _taken)
                {
                    return _fault is null ? false : throw new BrokenListException(_fault);
                }

                Monitor.Wait(_gate);
            }

            _given++;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Nothing more is handed out, and <see cref="Next"/> gives what is done already.</summary>
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
        lock (_gate)
        {
            while (!_ended && _taken - _given >= width)
            {
                Monitor.Wait(_gate);
            }

            (number, entry) = (_taken, default);
            if (_ended || !MoveNext())
            {
                return false;
            }

            entry = entries.Current;
            _taken++;
            return true;
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

        _ended = true;
        Monitor.PulseAll(_gate);
        return false;
    }
}

/// <summary>The list of a batch cannot be read to its end; what was read before it has results.</summary>
internal sealed class BrokenListException(Exception fault) : Exception(fault.Message, fault);
