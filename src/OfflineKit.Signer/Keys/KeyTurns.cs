namespace OfflineKit.Signer.Keys;

/// <summary>Who asks a key next. A key is asked so many things at a time; tenants that wait for it come in turn, so that the queue of one does not keep the others from theirs.</summary>
/// <param name="atOnce">How many signatures are under way at a time.</param>
internal sealed class KeyTurns(int atOnce)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private int _running, _length;

    /// <summary>How many wait.</summary>
    public int Length => Volatile.Read(ref _length);

    /// <summary>Does <paramref name="work"/> when it is the turn of <paramref name="tenant"/>.</summary>
    public async Task<T> InTurnAsync<T>(string tenant, Func<Task<T>> work, CancellationToken cancellation)
    {
        await TakeAsync(tenant, cancellation).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            Pass();
        }
    }

    private async Task TakeAsync(string tenant, CancellationToken cancellation)
    {
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_running < atOnce)
            {
                _running++;
                return;
            }

            if (!_waiting.TryGetValue(tenant, out Queue<TaskCompletionSource>? queue))
            {
                _waiting[tenant] = queue = new();
                _order.Enqueue(tenant);
            }

            queue.Enqueue(turn);
            _length++;
        }

        using CancellationTokenRegistration gone = cancellation.Register(() => turn.TrySetCanceled(cancellation));
        await turn.Task.ConfigureAwait(false);
    }

    // The place goes to the next tenant's first that still waits, or is free.
    private void Pass()
    {
        lock (_gate)
        {
            while (_order.TryDequeue(out string? tenant))
            {
                TaskCompletionSource next = _waiting[tenant].Dequeue();
                _length--;
                if (_waiting[tenant].Count == 0)
                {
                    _waiting.Remove(tenant);
                }
                else
                {
                    _order.Enqueue(tenant);
                }

                if (next.TrySetResult())
                {
                    return;
                }
            }

            _running--;
        }
    }
}
